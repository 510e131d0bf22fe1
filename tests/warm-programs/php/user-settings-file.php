<?php
# exrun: {"files": [{"path": ".user.ini", "content": "precision = 3\n"}, {"path": "php.ini", "content": "precision = 4\n"}, {"path": "php-cli.ini", "content": "precision = 5\n"}]}
var_dump(ini_get('precision'), php_ini_loaded_file());
