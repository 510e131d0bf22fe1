tty; [ -t 0 ]; echo $?; [ -t 1 ]; echo $?; [ -p /dev/stdin ]; echo $?; [ -p /dev/stdout ]; echo $?; echo "$COLUMNS|$LINES|$TERM|$PS1|$PS4"; stty -a
