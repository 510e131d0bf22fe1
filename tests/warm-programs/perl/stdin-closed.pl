close STDIN; open my $f, "<", "/dev/null"; print fileno $f, "\n";
