print(io.read("l"), io.read("n"), io.read("a"))
