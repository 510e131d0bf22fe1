x = 40.times.map { "x" * 1_000_000 }
p x.sum(&:size)
