(exit 3) & a=$!; wait $a; echo $?; (exit 0) & wait $!; echo $?; sh -c 'kill -9 $$' & sleep 0.2; wait $! 2>/dev/null; echo $?; wait 9999; echo $?
