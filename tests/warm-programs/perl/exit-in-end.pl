END { $? = 7 } die "and no\n";
