use POSIX; my $set = POSIX::SigSet->new; sigprocmask(SIG_BLOCK, POSIX::SigSet->new, $set);
print join(",", grep $set->ismember($_), 1 .. 64), "|\n";
for my $n (1 .. 31) { next if $n == 9 || $n == 19; my $old = POSIX::SigAction->new; sigaction($n, undef, $old); print "$n ", $old->handler, "\n" }
