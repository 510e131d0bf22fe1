use Socket; print socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0) ? fileno($a) . fileno($b) : $!, "\n"; print socket(my $s, AF_INET, SOCK_STREAM, 0) ? "open" : $!, "\n";
