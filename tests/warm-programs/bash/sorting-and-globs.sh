touch b A a B _ 1; echo *; shopt -s nullglob dotglob; echo *.none *; echo [a-z]*; ls | sort
