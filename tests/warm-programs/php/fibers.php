<?php
$f = new Fiber(function () { $x = Fiber::suspend(1); echo "x $x\n"; throw new Exception('in a fiber'); }); echo $f->start(); $f->resume(2);
