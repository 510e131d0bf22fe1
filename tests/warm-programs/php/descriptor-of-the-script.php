<?php
foreach (scandir('/proc/self/fd') as $n) if (@readlink("/proc/self/fd/$n") === '/box/main.php') { echo $n, "\n", file_get_contents("/proc/self/fdinfo/$n") === false ? 'no' : preg_replace('/(mnt_id|ino):\s*\d+/', '$1', file_get_contents("/proc/self/fdinfo/$n")); }
