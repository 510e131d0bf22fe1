# exrun: {"stdin": "3\n10 20 30\nx 1.5\n"}
n = gets.to_i
numbers = gets.split.map(&:to_i)
p n, numbers.sum, numbers.sum.fdiv(n)
word, number = gets.split
p word, Float(number), Integer("0x1f", 16), (Integer(word) rescue $!.message)
p Integer(gets)
