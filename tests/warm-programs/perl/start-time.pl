# Everything that counts from the start of the program.
print abs($^T - time) <= 2 ? "starts now\n" : "started before\n";
print -M "main.pl" < 0.00003 ? "new\n" : "old\n";
print -M "main.pl" > -0.00003 ? "not in the future\n" : "in the future\n";
print((times)[0] < 1 ? "fast\n" : "slow\n");
