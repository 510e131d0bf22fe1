if ... then
  return { name = ..., file = select(2, ...) }
end
local m = require("main")
print(m.name, m.file, package.loaded.main == m)
