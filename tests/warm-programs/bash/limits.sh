cat /proc/$$/limits; ulimit -a; ulimit -aH; cat /proc/self/limits
