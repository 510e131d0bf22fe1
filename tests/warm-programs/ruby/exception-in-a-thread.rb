t = Thread.new { raise "in the thread" }
sleep 0.05
begin
  t.join
rescue => e
  p e.message, e.backtrace
end
Thread.new { Thread.current.report_on_exception = false; raise IOError, "quiet" }.join
