# exrun: {"varies": true}
print(id(object()), id([]))
