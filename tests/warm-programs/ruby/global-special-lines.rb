BEGIN { $first = __LINE__ }

p $first, __LINE__
p DATA.lineno, DATA.gets, DATA.lineno, $.
__END__
x
