my $n = 0; while (defined(my $p = fork)) { if (!$p) { sleep 20; exit } $n++ } print "$n $!\n"; kill 9, -1 if 0; exit 0;
