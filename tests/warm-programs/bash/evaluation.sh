eval 'x=1; echo $x'; eval 'if'; echo $?; bash -c 'echo $0 $#' name a b; echo 'echo from stdin $0' | bash; echo 'echo $1' | bash -s arg
