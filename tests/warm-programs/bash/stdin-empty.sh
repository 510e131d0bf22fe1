# exrun: {"stdin": ""}
read line; echo "$? [$line]"; wc -c
