sleep 0.2 & sleep 0.1 & jobs; wait -n; echo $?; wait; jobs; set -m; sleep 0.1 & jobs; fg %1; echo $?
