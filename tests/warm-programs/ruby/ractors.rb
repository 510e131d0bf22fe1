r = Ractor.new(3) { |n| Ractor.yield n * 2; n + 1 }
p r.take, r.take, Ractor.current == Ractor.main
