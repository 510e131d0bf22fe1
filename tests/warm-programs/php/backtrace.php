<?php
function f() { debug_print_backtrace(); print_r(array_map(fn($one) => [$one['file'] ?? 0, $one['line'] ?? 0, $one['function']], debug_backtrace())); }
class A { function m() { f(); } static function s() { (new A)->m(); } }
A::s(); array_map('f', [1]);
