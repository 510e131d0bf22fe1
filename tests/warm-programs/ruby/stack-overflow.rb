def f(n) = f(n + 1)
begin
  f(0)
rescue SystemStackError => e
  p e.message, e.backtrace.first, e.backtrace.last
end
