<?php
var_dump(ini_get('phar.readonly'), ini_get('allow_url_include'), file_get_contents('data:,hello'), @file_get_contents('http://127.0.0.1/')); echo file_get_contents('php://filter/read=string.toupper/resource=main.php');
