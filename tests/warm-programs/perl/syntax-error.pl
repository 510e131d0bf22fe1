my $x = 1
my $y = 2;
print "never\n";
