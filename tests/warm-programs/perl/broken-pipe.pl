$SIG{PIPE} = sub { print STDERR "pipe\n" }; open my $p, "|-", "true"; sleep 1; print $p "x" x 100000; close $p; print "$?\n";
