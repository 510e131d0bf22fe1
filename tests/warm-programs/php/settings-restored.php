<?php
ini_set('memory_limit', '64M'); echo ini_get('memory_limit'); ini_restore('memory_limit'); echo ini_get('memory_limit'), "\n";
foreach (['display_errors', 'precision', 'max_execution_time', 'error_reporting', 'implicit_flush', 'output_buffering', 'zend.assertions'] as $name) { $old = ini_set($name, '0'); ini_restore($name); var_dump($old, ini_get($name)); }
