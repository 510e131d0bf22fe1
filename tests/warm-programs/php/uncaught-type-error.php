<?php
function f(int $n) { return $n; }
echo f("x");
