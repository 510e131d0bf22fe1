<?php
$f = [fopen('/dev/null', 'r'), fopen('main.php', 'r'), tmpfile()]; foreach (scandir('/proc/self/fd') as $n) if (is_numeric($n)) echo $n, ' '; passthru('ls /proc/self/fd | tr "\n" " "');
