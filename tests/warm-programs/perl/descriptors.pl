opendir my $d, "/proc/self/fd" or die; print "$_ ", (readlink "/proc/self/fd/$_") =~ s/\d+/N/r, "\n" for sort { $a <=> $b } grep /\d/, readdir $d;
