use threads; print join(" ", map { $_->join } map { my $n = $_; threads->create(sub { $n * threads->tid }) } 1 .. 4), "\n";
