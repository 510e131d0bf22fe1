# exrun: {"files": [{"path": "l.rb", "content": "a = 1\nb = 2\n"}]}
SCRIPT_LINES__ = {}
load "l.rb"
p SCRIPT_LINES__
require "coverage"
Coverage.start
load "l.rb"
p Coverage.result
