<?php
function fibonacci() { [$a, $b] = [0, 1]; while (true) { yield $a; [$a, $b] = [$b, $a + $b]; } }
foreach (fibonacci() as $i => $n) { if ($i > 9) break; echo "$n "; }
function both() { yield 1; $r = yield from inner(); echo "got $r\n"; }
function inner() { yield 2; yield 3; return "end"; }
foreach (both() as $v) echo "$v "; 
$g = (function () { $x = yield 1; echo "sent $x\n"; yield 2; })(); $g->current(); $g->send("hi");
$n = 0; $count = function () use (&$n) { return ++$n; }; $count(); $count(); echo $n, "\n";
$compose = fn(callable ...$f) => fn($x) => array_reduce($f, fn($acc, $fn) => $fn($acc), $x);
echo $compose("strtoupper", strrev(...), fn($s) => $s . "!")("abc"), "\n";
$curry = fn($a) => fn($b) => $a + $b; echo $curry(2)(3), " ", (static fn(int ...$xs): int => array_sum($xs))(1, 2, 3), "\n";
function named(int $a, int $b = 2, int ...$rest) { return "$a $b " . json_encode($rest); } echo named(b: 5, a: 1), named(1, 2, 3, 4), "\n";
function &ref(array &$a) { return $a[0]; } $arr = [1]; $r = &ref($arr); $r = 9; echo $arr[0], "\n";
$it = new LimitIterator(new InfiniteIterator(new ArrayIterator([1, 2])), 0, 5); echo implode(",", iterator_to_array($it, false)), "\n";
$fiber = new Fiber(function (string $x): string { $y = Fiber::suspend($x . "1"); return $y . "2"; }); echo $fiber->start("a"); $fiber->resume("b"); echo $fiber->getReturn(), "\n";
