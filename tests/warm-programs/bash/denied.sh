unshare -U true; echo $?
