$0 = "renamed"; print "$0\n"; open my $f, "<", "/proc/self/comm"; print <$f>; open $f, "<", "/proc/self/cmdline"; local $/; print((<$f> =~ s/\0+/|/gr), "\n");
