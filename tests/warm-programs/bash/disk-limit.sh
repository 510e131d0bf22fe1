# exrun: {"limits": {"disk_bytes": 1048576}}
head -c 5000000 /dev/zero >large; echo $?; stat -c %s large; echo x >another; echo $?
