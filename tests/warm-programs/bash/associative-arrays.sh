declare -A m=([one]=1 [two]=2 [three]=3 [four]=4); echo "${!m[@]}"; declare -p m; for k in "${!m[@]}"; do echo $k; done
