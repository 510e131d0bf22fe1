# exrun: {"limits": {"cpu_ms": 300}}
puts "begun"
loop {}
