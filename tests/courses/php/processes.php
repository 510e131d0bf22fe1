<?php
echo shell_exec("echo from a child"), exec("printf 'b\\na\\n' | sort", $out), " ", implode(",", $out), "\n"; system("exit 3", $code); echo $code, " ", `echo ticks`, escapeshellarg("it's"), "\n";
$p = proc_open(["cat"], [["pipe", "r"], ["pipe", "w"], ["pipe", "w"]], $pipes); fwrite($pipes[0], "through cat"); fclose($pipes[0]); echo stream_get_contents($pipes[1]), proc_close($p), "\n";
$h = popen("wc -c", "w"); fwrite($h, "12345"); pclose($h);
$pid = pcntl_fork(); if ($pid === 0) exit(7); pcntl_waitpid($pid, $status); echo pcntl_wexitstatus($status), "\n";
pcntl_async_signals(true); pcntl_signal(SIGUSR1, function () { echo "signal\n"; }); posix_kill(getmypid(), SIGUSR1);
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); fwrite($a, "x\n"); echo fgets($b); $r = [$b]; $w = $e = null; echo stream_select($r, $w, $e, 0), "\n";
$key = ftok(__FILE__, "a"); $id = shmop_open($key, "c", 0600, 10); shmop_write($id, "shared", 0); echo shmop_read($id, 0, 6), "\n"; shmop_delete($id);
$sem = sem_get($key); sem_acquire($sem); sem_release($sem); sem_remove($sem); $q = msg_get_queue($key); msg_send($q, 1, "msg"); msg_receive($q, 0, $type, 99, $msg); echo $msg, "\n"; msg_remove_queue($q);
echo posix_getpwuid(posix_getuid())["name"] !== "" ? "named" : "", " ", getmypid() > 0 ? "pid" : "", " ", php_sapi_name(), " ", PHP_OS_FAMILY, " ", ini_get("memory_limit") !== "" ? "ini" : "", " ", memory_get_usage() > 0 ? "mem" : "", "\n";
usleep(1000); echo gettype(microtime(true)), hrtime(true) > 0 ? " hr" : "", " ", count(getrusage()) > 5 ? "usage" : "", " ", gethostbyname("localhost"), "\n"; set_time_limit(5); ob_start(); echo "x"; echo strtoupper(ob_get_clean()), "\n";
