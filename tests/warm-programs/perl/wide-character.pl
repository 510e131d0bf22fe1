use utf8; print "日本\n"; print STDERR "日本\n";
