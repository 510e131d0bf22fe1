print "$_=$ENV{$_}\n" for sort keys %ENV;
open my $f, "<", "/proc/self/environ" or die; local $/; print join("\n", split /\0/, <$f>), "\n";
