-- exrun: {"limits": {"output_bytes": 4096}}
while true do io.write(("x"):rep(63), "\n") end
