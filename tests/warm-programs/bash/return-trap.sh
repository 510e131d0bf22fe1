set -T; trap 'echo returns $FUNCNAME' RETURN; f() { return 3; }; f; echo $?
