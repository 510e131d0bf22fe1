print join(" ", sort qw(b A a B ä Z)), "\n"; print "a" lt "B" ? 1 : 0, "\n";
