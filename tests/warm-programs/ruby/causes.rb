def low = raise("low")
begin
  begin
    low
  rescue => e
    raise ArgumentError, "high"
  end
rescue => e
  p e.cause, e.cause.backtrace
end
begin low rescue raise(TypeError, "uncaught with a cause") end
