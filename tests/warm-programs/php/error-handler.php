<?php
set_error_handler(fn($n, $m, $f, $l) => print("$n $m $f $l\n")); echo $x; include 'none.php'; set_exception_handler(function ($e) { echo get_class($e), $e->getLine(), $e->getTraceAsString(); exit(8); });
function f($n) { throw new DomainException("n $n"); }
f(2);
