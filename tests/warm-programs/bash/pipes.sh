echo a | cat | tr a b; echo ${PIPESTATUS[@]}; false | true | exit 3; echo ${PIPESTATUS[@]}; set -o pipefail; false | true; echo $?; yes | head -n 1; echo ${PIPESTATUS[@]}
