m, c, out = Mutex.new, ConditionVariable.new, []
threads = 3.times.map { |n| Thread.new { m.synchronize { c.wait(m) until out.size == n; out << n; c.broadcast } } }
threads.each(&:join)
p out, m.locked?, Thread.list.size
q = SizedQueue.new(1)
consumer = Thread.new { 4.times.map { q.pop } }
4.times { |n| q << n }
p consumer.value
