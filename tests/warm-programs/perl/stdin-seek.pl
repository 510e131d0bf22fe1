# exrun: {"stdin": "text\n"}
print seek(STDIN, 0, 0) ? "seeks\n" : "no seek: $!\n"; print sysread(STDIN, my $b, 2), $b, "\n";
