begin
  Process.kill :INT, $$
  sleep 1
rescue Interrupt => e
  p e.class, e.message, e.signo, e.backtrace.last
end
raise SignalException, "HUP"
