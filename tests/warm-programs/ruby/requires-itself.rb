# exrun: {"files": [{"path": "other.rb", "content": "p require('./main'), __FILE__\n"}]}
$n = ($n || 0) + 1
p $n, __FILE__, $0, __FILE__ == $0, caller.size
exit if $n > 3
p require_relative("main"), require("./other")
load __FILE__
