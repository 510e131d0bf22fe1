events = []
trace = TracePoint.new(:line, :call, :return, :c_call, :raise, :class) { |t| events << [t.event, t.path, t.lineno, t.method_id] }
def f(x)
  x.to_s
  raise "x" rescue 1
end
trace.enable { f(1); Class.new { } }
events.each { |e| p e }
set_trace_func(nil)
