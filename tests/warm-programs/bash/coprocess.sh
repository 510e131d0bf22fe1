coproc C { read x; echo "got $x"; }; echo hi >&${C[1]}; read y <&${C[0]}; echo $y ${C[@]} $C_PID
