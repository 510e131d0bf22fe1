print defined(my $l = <STDIN>) ? "a line" : "nothing", eof(STDIN) ? " end\n" : "\n";
