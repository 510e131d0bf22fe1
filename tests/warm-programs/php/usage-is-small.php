<?php
$u = getrusage(); var_dump($u['ru_utime.tv_sec'] < 1, $u['ru_stime.tv_sec'] < 1, getrusage(1)['ru_utime.tv_sec'], hrtime(true) > 0, microtime(true) - $_SERVER['REQUEST_TIME_FLOAT'] < 1);
