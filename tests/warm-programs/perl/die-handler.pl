$SIG{__DIE__} = sub { print "handler: $_[0]" }; $SIG{__WARN__} = sub { print "warning: $_[0]" }; warn "careful"; my $x = "a" + 1; die "no";
