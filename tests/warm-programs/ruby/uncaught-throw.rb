catch(:a) { throw :a }
throw :nobody, 1
