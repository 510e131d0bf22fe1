my $x = 3; print <<A, <<~'B', <<"C";
x is $x
A
    raw $x
      more
    B
@{[ $x * 2 ]}
C
