<?php
$child = (int) shell_exec('date +%s');
var_dump(abs($child - time()) <= 1, abs($child - $_SERVER['REQUEST_TIME']) <= 1, abs(getlastmod() - time()) <= 2);
