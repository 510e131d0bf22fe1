srand 1
a = fork { exit!(rand(100)) }
b = fork { exit!(rand(100)) }
p [a, b].map { |pid| Process.wait2(pid)[1].exitstatus }.uniq.size, rand(100)
