mount -t tmpfs none /tmp; echo $?; chroot / true; echo $?
