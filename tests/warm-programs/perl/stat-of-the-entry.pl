my @s = stat $0; printf "%o %d %d %d %d\n", @s[2, 3, 4, 5, 7];
@s = stat "."; printf "%o %d %d\n", @s[2, 4, 5];
