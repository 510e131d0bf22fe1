print(io.popen("id; hostname; readlink /proc/self/exe; cat /proc/$PPID/comm; readlink /proc/$PPID/exe"):read("a"))
