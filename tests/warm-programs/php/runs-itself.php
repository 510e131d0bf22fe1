<?php
if (getenv('AGAIN')) { echo 'again ', json_encode($argv), php_sapi_name(), "\n"; exit(3); }
putenv('AGAIN=1'); passthru(PHP_BINARY . ' main.php x y', $status); echo $status, "\n"; passthru(PHP_BINARY . ' -r "echo ini_get(\"memory_limit\");"'); passthru('php <main.php', $status); echo $status; pcntl_exec(PHP_BINARY, ['main.php', 'z']);
