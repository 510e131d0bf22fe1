readonly X=1; X=2; echo after $?; unset X; UID=0; echo $?; BASHPID=1; echo $?; PPID=1; echo $?
