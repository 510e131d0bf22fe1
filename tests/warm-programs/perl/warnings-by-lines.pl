use warnings;
print "a" == 1 ? 1 : 0,
  undef . "x",
  "\n";
# line 200 "elsewhere.pl"
warn "moved";
