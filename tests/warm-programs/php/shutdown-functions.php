<?php
register_shutdown_function(function () { echo "first\n"; register_shutdown_function(fn() => print("nested\n")); });
register_shutdown_function(fn($x) => print("$x\n"), 'second');
class D { function __destruct() { echo "destructed\n"; } }
$d = new D; ob_start(fn($b) => strtoupper($b)); echo "buffered\n"; exit("bye\n");
