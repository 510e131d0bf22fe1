<?php
echo date_default_timezone_get(), ini_get('date.timezone'), date('Y-m-d H:i:s T e', 0), mktime(0, 0, 0, 1, 1, 2024), (new DateTime('@86400'))->format('c'), abs((new DateTime)->getTimestamp() - time()) <= 1 ? 'now' : 'then', timezone_version_get();
