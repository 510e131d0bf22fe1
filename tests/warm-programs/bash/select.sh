# exrun: {"stdin": "2\n9\n"}
select x in one two; do echo "[$x] $REPLY"; done; echo $?
