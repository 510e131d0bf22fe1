<?php
# exrun: {"limits": {"files": 32}}
$f = []; while ($one = @fopen('/dev/null', 'r')) $f[] = $one; echo count($f), error_get_last()['message']; usleep(300000); exit(3);
