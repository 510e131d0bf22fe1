use warnings; my $x; my $y = $x . "a"; my @a = (1); print $a[5] + 1, "\n"; print "10 apples" + 5, "\n"; my %h = (1); printf "%d\n";
