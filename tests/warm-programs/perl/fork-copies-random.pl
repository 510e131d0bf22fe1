my $x = rand; pipe my $r, my $w; if (!fork) { print $w rand == rand ? "same" : "other"; exit } wait; close $w; print <$r>, "\n";
