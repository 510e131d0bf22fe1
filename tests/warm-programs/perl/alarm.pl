$SIG{ALRM} = sub { die "late\n" }; eval { alarm 1; select undef, undef, undef, 5 }; print "caught $@";
