-- exrun: {"varies": true}
print(math.random(1 << 40), math.random(1 << 40))
