print "no line feed"; system "echo child"; $| = 0; print "late"; system "echo child again";
