# exrun: {"limits": {"output_bytes": 2048}}
print "x" x 63, "\n" while 1;
