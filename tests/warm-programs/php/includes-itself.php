<?php
$n = ($n ?? 0) + 1; echo "run $n ", __FILE__, count(get_included_files()), "\n";
if ($n < 3) include __FILE__;
var_dump(include_once 'main.php', require_once __FILE__);
