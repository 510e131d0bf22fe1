print defined $ENV{PERL_HASH_SEED} ? "set\n" : "not set\n"; my %h = map { $_ => 1 } 1 .. 50; print join(",", sort { $a <=> $b } keys %h), "\n"; print scalar(%h), "\n";
