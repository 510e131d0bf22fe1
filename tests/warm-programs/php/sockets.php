<?php
$p = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); fwrite($p[0], "x\n"); echo fgets($p[1]); $s = stream_socket_server('unix:///tmp/s', $e, $m); var_dump((bool) $s, @fsockopen('127.0.0.1', 80, $e, $m), $e, $m, gethostname(), gethostbyname('example.org'));
