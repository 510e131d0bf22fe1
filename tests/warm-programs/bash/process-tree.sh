ps -e -o pid,ppid,pgid,sid,tty,stat,ni,comm
