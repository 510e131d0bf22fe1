exec {a}</dev/null {b}>/dev/null; echo $a $b; ls /proc/$$/fd; exec {a}<&-; exec {c}<main.sh; echo $c; read -u $c line; echo "$line"
