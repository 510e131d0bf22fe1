open my $f, ">", "new"; close $f;
print -M "new" < 0.001 && -M "new" > -0.001 ? "now\n" : "then " . -M "new";
print -A "new" < 0.001 ? "now\n" : "then", -C "main.pl" < 0.001 ? "now\n" : "then";
