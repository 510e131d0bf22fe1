open my $f, ">", "new"; close $f;
print -M "new" < 0.00003 && -M "new" > -0.00003 ? "now\n" : "then " . -M "new";
print -A "new" < 0.00003 ? "now\n" : "then", -C "main.pl" < 0.00003 ? "now\n" : "then";
