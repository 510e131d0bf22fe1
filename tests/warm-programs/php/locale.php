<?php
var_dump(setlocale(LC_ALL, 0), localeconv()['decimal_point'], setlocale(LC_ALL, ''), strtoupper('é'), sprintf('%.2f', 1.5), number_format(1234.5, 2), ucwords('a b'), mb_strtoupper('é'), mb_language(), mb_http_output());
