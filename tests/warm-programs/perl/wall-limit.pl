# exrun: {"limits": {"wall_ms": 400}}
print "begun\n"; sleep 60;
