# exrun: {"stdin": "first line\n  second \\ line\nlast"}
read a; IFS= read -r b; read c; echo "$? [$a] [$b] [$c]"
