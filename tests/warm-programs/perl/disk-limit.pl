# exrun: {"limits": {"disk_bytes": 1048576}}
open my $f, ">", "large"; for (1 .. 64) { print $f "x" x 65536 or die "full: $!" } close $f or die "full: $!";
