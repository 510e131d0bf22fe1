# exrun: {"stdin": "first\nsecond\nthird\n"}
p gets
puts `cat`
p gets
