cat /proc/loadavg; grep -c processor /proc/cpuinfo; grep -E '^(procs|processes)' /proc/stat
