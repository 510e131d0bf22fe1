sub f {
  my $n = shift;
  die "n is $n" if $n > 2;
  f($n + 1);
}
f(0);
