a=(one two "three four"); a+=(five); echo "${#a[@]} ${a[-1]} ${a[@]:1:2} ${!a[@]}"; unset 'a[0]'; echo "${a[@]@Q}"
declare -A m=([x]=1 [y]=2); for k in $(printf '%s\n' "${!m[@]}" | sort); do echo "$k=${m[$k]}"; done; echo ${#m[@]}
for ((i = 0; i < 3; i++)); do ((i == 1)) && continue; echo $i; done; i=5; until ((i <= 3)); do echo $((i--)); done; while read -r line; do echo "<$line>"; done < <(printf 'p\nq\n')
case "file.tar.gz" in *.zip) echo zip ;; *.tar.*) echo tar ;;& *.gz) echo gz ;; *) echo other ;; esac; select x in; do break; done
mapfile -t lines < <(seq 3); echo "${lines[*]}"; echo $((2 ** 10)) $((7 / 2)) $((-7 % 3)) $((0xff)) $((2#101)); let z=5*5; echo $z; declare -i n=3+4; echo $n; declare -r c=1; readonly -p | grep -c ' c='
