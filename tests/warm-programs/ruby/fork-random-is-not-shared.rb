readers = 2.times.map { r, w = IO.pipe; fork { w.puts Random.new_seed, Random.urandom(8).unpack1("Q") }; w.close; r }
p readers.map(&:read).uniq.size
Process.waitall
