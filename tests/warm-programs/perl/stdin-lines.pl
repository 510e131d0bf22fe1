# exrun: {"stdin": "a b\nc\n\nlast"}
while (<>) { chomp; print "$.: $_ [$ARGV]\n" }
