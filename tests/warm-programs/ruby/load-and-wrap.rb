# exrun: {"files": [{"path": "l.rb", "content": "def of_l = self.class\nL = 1\np self, Module.nesting, __FILE__, __dir__\nx = 2\n"}]}
p load("l.rb"), L, of_l, defined?(x)
p load("./l.rb", true), load("/box/l.rb", Module.new)
load "none.rb"
