my @kept; for my $n (1 .. 120) { my $x = "x"; vec($x, (1 << 20) - 100, 8) = 1; push @kept, \$x } print scalar(@kept), "\n";
