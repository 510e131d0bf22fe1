# exrun: {"stdin": "first\nsecond\nthird\n"}
p $stdin.sysread(6), `head -n 1`, $stdin.read, ($stdin.sysread(1) rescue $!.class)
