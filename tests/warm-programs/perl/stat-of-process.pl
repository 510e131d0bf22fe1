open my $f, "<", "/proc/self/stat"; my @f = split / /, <$f>; print join(" ", @f[0 .. 7, 17 .. 20, 37, 39, 40]), "\n";
