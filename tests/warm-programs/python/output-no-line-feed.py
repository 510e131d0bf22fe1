print("word", end="")
