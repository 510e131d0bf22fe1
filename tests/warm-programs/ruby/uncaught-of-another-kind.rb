raise Exception.new("ü is not ASCII: \xff")
