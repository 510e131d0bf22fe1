# exrun: {"limits": {"files": 32}}
my @f; while (1) { open my $f, "<", "/dev/null" or last; push @f, $f }
my $why = $!; select undef, undef, undef, 0.3; die scalar(@f) . " $why";
