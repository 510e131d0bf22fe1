open my $f, "<", $0 or die; print <$f>; print tell $f, " ", fileno $f, "\n";
