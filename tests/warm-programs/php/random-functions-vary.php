<?php
# exrun: {"varies": true}
$a = range(1, 60); shuffle($a); echo join(',', $a), str_shuffle('abcdefghijklmnopqrstuvwxyz'), bin2hex(random_bytes(4));
