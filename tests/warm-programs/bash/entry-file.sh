stat -c '%a %h %s %F %n' main.sh .; ls -a; [ main.sh -nt /etc/passwd ]; echo $?; [ $(($(date +%s) - $(stat -c %Y main.sh))) -le 2 ] && echo new
