pids = []
begin
  200.times { pids << fork { sleep 5 } }
rescue SystemCallError => e
  p e.class, e.message, pids.size
end
pids.each { |pid| Process.kill :KILL, pid }
p Process.waitall.size
