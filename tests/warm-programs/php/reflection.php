<?php
/** Words. */
function f(int $a = 1, ...$more): ?string { static $n = 0; return null; }
$r = new ReflectionFunction('f'); var_dump($r->getFileName(), $r->getStartLine(), $r->getEndLine(), $r->getDocComment(), $r->getStaticVariables()); echo $r; echo (new ReflectionFunction(fn() => 1))->getName();
