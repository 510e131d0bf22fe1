-- exrun: {"stderr": "stdout"}
for n = 1, 20 do
  print("out", n)
  io.stderr:write("err ", n, "\n")
end
