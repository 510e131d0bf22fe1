bash -c 'ls /proc/$$/fd; true'; ls /proc/self/fd
