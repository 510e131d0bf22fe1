x=1; (x=2; echo $x $BASH_SUBSHELL $$ $((BASHPID != $$))); echo $x; { x=3; }; echo $x; echo | x=4; echo $x
