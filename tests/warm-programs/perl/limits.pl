open my $f, "<", "/proc/self/limits"; print <$f>;
system "ulimit -a"; system "ulimit -Ha";
