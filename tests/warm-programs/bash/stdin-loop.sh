# exrun: {"stdin": "a b\nc d\n"}
while read -r x y; do echo "$y $x"; done; mapfile -t rest; echo ${#rest[@]}
