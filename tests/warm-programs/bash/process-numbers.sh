echo $$ $PPID $BASHPID; (echo $BASHPID); sleep 0 & echo $!; wait; cut -d' ' -f1-8 /proc/$$/stat
