<?php
$f = fopen(__FILE__, 'r'); fseek($f, __COMPILER_HALT_OFFSET__); echo stream_get_contents($f), __COMPILER_HALT_OFFSET__;
__halt_compiler();
the data behind
