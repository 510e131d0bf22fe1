use strict;
my $count = 1;
$cuont = 2;
print $count;
