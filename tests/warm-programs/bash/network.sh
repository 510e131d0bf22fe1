exec 3<>/dev/tcp/127.0.0.1/80; echo $?; cat /proc/net/dev 2>&1 | wc -l; ls /sys
