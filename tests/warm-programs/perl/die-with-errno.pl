open my $f, "<", "none.txt" or die "can't open: $!";
