<?php
$n = 0; while (($pid = @pcntl_fork()) > 0) $n++; if ($pid === 0) { sleep(20); exit; } echo $n, posix_strerror(pcntl_get_last_error());
