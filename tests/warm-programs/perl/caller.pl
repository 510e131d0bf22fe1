sub inner { print join("|", map { defined $_ ? $_ : "undef" } (caller($_))[0 .. 5]), "\n" for 0 .. 2 }
sub outer { inner(1) }
outer(2);
print defined caller ? "called\n" : "not called\n";
