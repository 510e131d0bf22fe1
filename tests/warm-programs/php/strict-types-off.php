<?php
function half(int $n): float { return $n / 2; }
var_dump(half('3'), half(4.0)); half('x');
