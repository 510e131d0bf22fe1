<?php
var_dump(abs($_SERVER['REQUEST_TIME'] - time()) <= 2, abs($_SERVER['REQUEST_TIME_FLOAT'] - microtime(true)) < 2, is_int($_SERVER['REQUEST_TIME']), abs(filemtime(__FILE__) - $_SERVER['REQUEST_TIME']) <= 2);
