format STDOUT =
@<<<<<< @>>>>> @##.##
$a,     $b,    $c
.
($a, $b, $c) = ("left", "right", 3.14159); write; print "$~ $^ $= $-\n";
