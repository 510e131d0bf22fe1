<?php
echo file_get_contents(__FILE__), filesize('main.php'), highlight_file(__FILE__, true), count(token_get_all(file_get_contents($argv[0])));
echo php_strip_whitespace(__FILE__);
