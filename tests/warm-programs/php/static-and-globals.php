<?php
function n() { static $n = 0; return ++$n; } n(); n(); echo n(); $x = 1; function g() { global $x; $x++; return $GLOBALS['x']; } echo g(), $x; const A = 5; define('B', A + 1); echo A, B, constant('B'), defined('C') ? 1 : 0;
