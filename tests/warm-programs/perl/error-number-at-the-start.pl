BEGIN { print $! + 0, " $!\n" }
print $! + 0, " $!\n";
