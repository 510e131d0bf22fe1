print "$_\n" for @INC;
print "$_ => $INC{$_}\n" for sort keys %INC;
