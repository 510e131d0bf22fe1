<?php
$e = getenv(); ksort($e); print_r($e); echo strtr(file_get_contents('/proc/self/environ'), "\0", "\n"); var_dump(getenv('PATH'), getenv('LD_PRELOAD'), ini_get('variables_order'));
