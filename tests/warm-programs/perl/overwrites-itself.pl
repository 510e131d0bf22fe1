open my $f, ">", $0 or die $!; print $f "print qq(second\\n);"; close $f; print "first\n"; do "./main.pl";
