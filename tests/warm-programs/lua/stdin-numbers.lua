-- exrun: {"stdin": "1 2.5 0x10 word 7"}
print(io.read("n", "n", "n", "n"))
print(io.read("a"))
