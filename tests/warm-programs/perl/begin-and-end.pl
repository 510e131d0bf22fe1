BEGIN { print "begin ${^GLOBAL_PHASE}\n" } INIT { print "init ${^GLOBAL_PHASE}\n" } CHECK { print "check ${^GLOBAL_PHASE}\n" } UNITCHECK { print "unit\n" } END { print "end ${^GLOBAL_PHASE}\n" }
print "run ${^GLOBAL_PHASE}\n";
