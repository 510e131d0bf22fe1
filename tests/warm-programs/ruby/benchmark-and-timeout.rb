require "benchmark"; require "timeout"
p Benchmark.realtime { 1 + 1 } < 1, Benchmark.measure { }.class
begin
  Timeout.timeout(0.05) { sleep }
rescue Timeout::Error => e
  p e.class, e.message, Thread.list.size
end
p Timeout.timeout(1) { :done }
