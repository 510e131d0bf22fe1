<?php
var_dump(function_exists('opcache_get_status') ? opcache_get_status() : 'none', ini_get('opcache.enable_cli'), extension_loaded('Zend OPcache'));
