trap 'echo "> $BASH_COMMAND $LINENO"' DEBUG; x=1; echo $x; f() { true; }; f
