<?php
$m = new WeakMap; $k = new stdClass; $m[$k] = 1; echo count($m); unset($k); echo count($m); class N { public $o; function __destruct() { echo 'd'; } } $a = new N; $a->o = $a; unset($a); echo gc_collect_cycles(), gc_enabled() ? 1 : 0;
