use strict; use warnings; use List::Util qw(sum); use POSIX ();
print "$_\n" for sort keys %INC;
print sum(1 .. 10), "\n";
