f = Fiber.new { |x| y = Fiber.yield(x + 1); y * 2 }
p f.resume(1), f.resume(10), f.alive?, (f.resume rescue $!.message)
e = Enumerator.new { |y| y << 1; y << 2; :done }
p e.next, e.peek, e.next, (e.next rescue [$!.class, $!.result]), e.lazy.map { _1 * 2 }.to_a, Enumerator.produce(1) { |n| n * 2 }.take(8)
p Fiber.current.class, Fiber[:x] rescue p $!.class, $!.message
