# exrun: {"stdin": "x"}
my $bits = ""; vec($bits, 0, 1) = 1; print scalar(select(my $r = $bits, undef, undef, 1)), "\n"; sysread STDIN, my $b, 10; print scalar(select($r = $bits, undef, undef, 1)), sysread(STDIN, $b, 1), "\n";
