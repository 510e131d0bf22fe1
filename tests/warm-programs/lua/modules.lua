-- exrun: {"files": [{"path": "shapes/init.lua", "content": "local M = {}\nfunction M.area(w, h) return w * h end\nM.args = {...}\nreturn M\n"}, {"path": "words.lua", "content": "return {'one', 'two'}\n"}]}
local shapes, words = require("shapes"), require("words")
print(shapes.area(3, 4), shapes.args[1], shapes.args[2], table.concat(words, ","))
print(debug.getinfo(shapes.area).source)
