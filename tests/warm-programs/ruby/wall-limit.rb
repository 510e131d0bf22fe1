# exrun: {"limits": {"wall_ms": 1500}}
puts "begun"
begin
  sleep
ensure
  puts "never"
end
