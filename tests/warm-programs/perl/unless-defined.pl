my $h; print $h->{a}{b} // "none", exists $h->{a} ? " grew\n" : "\n"; my $u; $u->method;
