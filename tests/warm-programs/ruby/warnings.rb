# exrun: {"files": [{"path": "w.rb", "content": "def f; x = 1; end\ndef f; end\np(-1.abs)\n"}]}
p $VERBOSE, $DEBUG, Warning[:deprecated], Warning[:experimental]
$VERBOSE = true
load "w.rb"
warn "own", uplevel: 0
warn "deprecated", category: :deprecated
A = 1
A = 2
eval "x = 1; case 1; when 1; when 1; end"
p $-w, $-v, $-d
