exec 0<&-; read x; echo $?; exec {n}</dev/null; echo $n
