free -k | awk '{print $1, $2}'; nproc; head -n 1 /proc/meminfo; ulimit -v
