print(#"a\0b", ("a\0b"):byte(1, -1))
io.write("x\0y\n")
