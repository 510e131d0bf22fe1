<?php
var_dump(php_ini_loaded_file(), php_ini_scanned_files(), get_cfg_var('memory_limit'), get_cfg_var('cfg_file_path'), ini_get('memory_limit'), ini_get('include_path'), ini_get('display_errors'));
