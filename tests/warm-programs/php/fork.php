<?php
$pid = pcntl_fork(); if ($pid === 0) { echo "child ", posix_getppid(), ' ', mt_rand() > 0, "\n"; exit(5); } pcntl_waitpid($pid, $status); echo pcntl_wexitstatus($status), ' ', $pid, ' ', getmypid(), "\n";
