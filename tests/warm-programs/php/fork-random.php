<?php
mt_rand(); $a = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); if (pcntl_fork() === 0) { fwrite($a[1], mt_rand() . "\n"); exit; } pcntl_wait($s); var_dump((int) fgets($a[0]) === mt_rand());
