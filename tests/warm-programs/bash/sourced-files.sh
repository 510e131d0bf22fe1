# exrun: {"files": [{"path": "lib.sh", "content": "echo \"lib ${BASH_SOURCE[@]} ${BASH_LINENO[@]} $0 $#\"\nadd() { echo $(($1 + $2)); }\nreturn 3\n"}, {"path": "sub/deep.sh", "content": "echo deep $BASH_SOURCE; source lib.sh a b\n"}]}
source lib.sh; echo $?; add 1 2; . sub/deep.sh; source none.sh; echo $?
