print(io.popen("ls /proc/$PPID/task | wc -l; ls /proc | grep -c '^[0-9]'; cat /proc/$PPID/oom_score_adj; cat /proc/$PPID/coredump_filter"):read("a"))
