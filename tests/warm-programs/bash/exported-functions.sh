f() { echo "f has $1"; }
export -f f
bash -c 'f one'
env | grep -A1 BASH_FUNC
declare -F; declare -f f
