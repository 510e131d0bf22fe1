# Expect: out_of_memory. Files in /tmp live in memory and are billed as such.
head -c 90M /dev/zero >/tmp/hoard
