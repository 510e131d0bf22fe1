$| = 1; my $pid = fork; if (!$pid) { print "child ", getppid == 1 ? "orphan" : "of a parent", "\n"; exit 3 } waitpid $pid, 0; print "parent ", $? >> 8, " ", $pid - $$, "\n";
