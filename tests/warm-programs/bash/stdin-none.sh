read line; echo "$? [$line]"; cat; echo $?
