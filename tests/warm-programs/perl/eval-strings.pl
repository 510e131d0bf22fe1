eval "die 'in text'"; print $@; eval "1 +* 2"; print $@; print eval "__FILE__ . __LINE__", "\n"; my $c = eval "sub { (caller 0)[1, 2] }"; print join("|", $c->()), "\n";
