# exrun: {"limits": {"cpu_ms": 300}}
print "begun\n"; 1 while 1;
