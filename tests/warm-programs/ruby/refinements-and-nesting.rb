module Loud; refine String do; def shout = upcase + "!"; end; end
p ("a".shout rescue $!.class)
using Loud
p "a".shout, Module.used_modules, Module.nesting, self.to_s
module A; module B; p Module.nesting, name; end; end
p Class.new.name, Module.new.to_s.sub(/0x\h+/, "X"), singleton_class.inspect
