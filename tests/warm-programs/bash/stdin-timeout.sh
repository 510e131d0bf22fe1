# exrun: {"stdin": "x\n"}
read -t 1 a; echo $? $a; read -t 0.1 b; echo $?; read -t 0; echo $?; read -n 1 c; echo $?
