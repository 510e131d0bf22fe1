# exrun: {"stderr": "stdout"}
for (1 .. 20) { print "out $_\n"; print STDERR "err $_\n"; warn "warn $_" }
