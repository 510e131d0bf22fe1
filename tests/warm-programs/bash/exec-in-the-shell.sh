echo before; exec 3>file; echo three >&3; exec 3>&-; cat file; exec sh -c 'echo after $$ $0; ls /proc/self/fd | wc -l'
