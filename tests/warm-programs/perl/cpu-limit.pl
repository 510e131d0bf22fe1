# exrun: {"limits": {"cpu_ms": 200}}
print "begun\n"; 1 while 1;
