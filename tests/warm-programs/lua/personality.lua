print(io.popen("cat /proc/$PPID/personality /proc/$PPID/timerslack_ns /proc/$PPID/loginuid 2>&1"):read("a"))
