# exrun: {"stdin": "1\n2\n3\n4\n"}
read a; head -n 1; cat; echo "[$a]"
