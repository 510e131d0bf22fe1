-- exrun: {"stdin": ""}
print(io.read("l"), io.read("a"))
