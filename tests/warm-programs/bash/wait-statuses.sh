(exit 3) & a=$!; (kill -9 $BASHPID) & b=$!; wait $a; echo $?; wait $b 2>/dev/null; echo $?; wait 9999; echo $?
