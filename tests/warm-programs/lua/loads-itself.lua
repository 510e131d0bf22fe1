local f, problem = loadfile("main.lua")
print(type(f), problem)
print(package.searchpath("main", package.path))
