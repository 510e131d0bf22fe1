<?php
var_dump(ini_get('auto_prepend_file'), ini_get('auto_append_file'), ini_get('opcache.preload'), ini_get('user_ini.filename'), error_get_last(), connection_status(), ignore_user_abort(), php_sapi_name());
