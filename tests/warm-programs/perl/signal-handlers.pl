print "$_=", defined $SIG{$_} ? $SIG{$_} : "undef", "\n" for sort keys %SIG;
