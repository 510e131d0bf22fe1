# The program is larger than one buffer of the interpreter.
X = [
#{"x" * 10}
1, 2
]
p X, DATA.pos, DATA.read.size, __LINE__
__END__
0123456789012345678901234567890123456789012345678901234567890123456789
