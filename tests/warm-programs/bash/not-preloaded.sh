ls /etc/ld.so.preload; env | grep -c LD_; grep -c park /proc/$$/maps >/dev/null; cat /proc/self/maps | grep -c park; ldd /bin/true | grep -c park; declare -p | grep -c LD_
