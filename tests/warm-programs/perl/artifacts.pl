# exrun: {"artifacts": ["*.csv", "sub/*"]}
mkdir "sub"; for my $n (1 .. 3) { open my $f, ">", "t$n.csv"; print $f "a,b\n" x $n } open my $f, ">:raw", "sub/b.bin"; print $f "\xff\x00";
