<?php
function g() { try { $x = yield 1; echo "got $x\n"; yield from [2, 3]; return 4; } finally { echo "finally\n"; } }
$g = g(); echo $g->current(); $g->send('a'); foreach ($g as $v) echo $v; echo $g->getReturn(); $f = function () { return $this->p; }; class P { public $p = 5; } echo Closure::bind($f, new P)(), (fn() => static::class ?? 0)->bindTo(new P)();
