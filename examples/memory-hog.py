# Expect: out_of_memory. Takes one megabyte after the other and gives none back.
hoard = []
while True:
    hoard.append(b"x" * (1 << 20))
