local names = {}
for key, value in pairs(debug.getregistry()) do names[#names + 1] = type(key) .. " " .. tostring(type(key) == "string" and key) .. " " .. type(value) end
table.sort(names)
print(table.concat(names, "\n"))
