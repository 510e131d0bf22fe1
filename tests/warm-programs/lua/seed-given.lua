math.randomseed(42)
print(math.random(1000), math.random(1000), math.random())
