print(package.path)
print(package.cpath)
print(package.config)
local names = {}
for name in pairs(package.loaded) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
print(#package.searchers, next(package.preload))
