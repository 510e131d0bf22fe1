open my $f, "<", "/dev/null"; system "ls /proc/self/fd | tr '\\n' ' '";
$^F = 10; open my $g, "<", "/dev/null"; system "ls /proc/self/fd | tr '\\n' ' '";
