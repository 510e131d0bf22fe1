open my $a, "<", "/dev/null"; open my $b, "<", "/dev/null"; pipe my $r, my $w;
print join(" ", map fileno, $a, $b, $r, $w), "\n";
