print STDERR "a"; print "b"; print STDERR "c\n"; syswrite STDOUT, "d\n"; printf STDERR "%s\n", "e";
