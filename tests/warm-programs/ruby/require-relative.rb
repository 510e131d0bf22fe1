# exrun: {"files": [{"path": "lib/a.rb", "content": "require_relative 'b'\nmodule A; X = [__FILE__, __dir__, __LINE__, __method__]; end\nputs caller\n"}, {"path": "lib/b.rb", "content": "puts \"b is loaded by #{caller_locations.first(2)}\"\n"}]}
p require_relative("lib/a"), require_relative("lib/a"), require("./lib/a"), require("/box/lib/b.rb"), A::X
puts $LOADED_FEATURES.last(2), $LOADED_FEATURES.grep(/main/)
require_relative "nothing"
