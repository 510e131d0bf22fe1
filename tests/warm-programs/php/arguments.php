<?php
var_dump($argv, $argc, $_SERVER['argv'], $_SERVER['argc'], PHP_SAPI, PHP_BINARY, $GLOBALS['argv'] === $argv);
