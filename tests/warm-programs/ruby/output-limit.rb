# exrun: {"limits": {"output_bytes": 5000}}
loop { puts "a line" * 10 }
