raise "one\ntwo\n\nthree"
