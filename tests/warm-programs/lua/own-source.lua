-- exrun: {"files": [{"path": "other.txt", "content": "other\n"}]}
print(io.open("main.lua"):read("a"))
print(io.open(arg[0]):seek("end"))
print(io.open("other.txt"):read("a"))
