print `echo from a child; exit 2`, $? >> 8, "\n"; print system("kill -9 \$\$"), " $?\n"; print system("none-such"), " $!\n"; open my $p, "-|", "cat /proc/\$PPID/comm"; print <$p>;
