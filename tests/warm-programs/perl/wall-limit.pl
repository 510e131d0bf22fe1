# exrun: {"limits": {"wall_ms": 800}}
print "begun\n"; sleep 60;
