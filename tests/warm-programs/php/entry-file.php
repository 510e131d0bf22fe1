<?php
$s = stat('main.php'); printf("%o %d %d %s %d\n", $s['mode'], $s['nlink'], $s['size'], $s['uid'] === posix_getuid() ? 'own' : 'other', $s['blocks']); var_dump(abs($s['mtime'] - time()) <= 2, abs(getlastmod() - time()) <= 2, realpath_cache_size() > 0, array_keys(realpath_cache_get()));
