print "$< $> $( $)\n"; print join(",", $$, getppid, getpgrp), "\n";
