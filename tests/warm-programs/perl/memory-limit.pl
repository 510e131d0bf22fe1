my @a; push @a, "x" x (1 << 20) while 1;
