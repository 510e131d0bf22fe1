for n in {1..40}; do /bin/true; done; echo $?; for n in {1..10}; do (exit $n) & p[n]=$!; done; for p in ${p[@]}; do wait $p; echo -n "$? "; done
