open my $file, "<", "no-such-file.txt" or die "no-such-file.txt: $!\n";
