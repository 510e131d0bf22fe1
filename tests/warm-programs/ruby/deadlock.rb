q = Queue.new
m = Mutex.new
puts "before"
q.pop
