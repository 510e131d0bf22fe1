for my $name ("main.pl", ".", "/tmp", "none") { print "$name: ", join(" ", map { my $r = eval "-$_ \$name"; defined $r ? $r : "u" } qw(e f d r w x o s z l p S)), "\n" }
print -t STDIN ? 1 : 0, -t STDOUT ? 1 : 0, -p STDIN ? 1 : 0, -p STDOUT ? 1 : 0, -p STDERR ? 1 : 0, "\n";
