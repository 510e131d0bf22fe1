-- exrun: {"varies": true}
local name = os.tmpname()
print(name)
os.remove(name)
