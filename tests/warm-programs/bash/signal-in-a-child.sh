sh -c 'kill -SEGV $$'; echo $?; sh -c 'kill -PIPE $$'; echo $?; (kill -TERM $BASHPID); echo $?
