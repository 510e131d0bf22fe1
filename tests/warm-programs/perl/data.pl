while (<DATA>) { print "$.: $_" }
print tell(DATA), " ", fileno(DATA), "\n";
__DATA__
first
second
