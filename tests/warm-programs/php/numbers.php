<?php
var_dump(0.1 + 0.2, 1e100, PHP_INT_MAX + 1, intdiv(7, 2), 7 <=> 7.0, "10" == "1e1", round(2.5), ini_get('precision'), ini_get('serialize_precision'), PHP_FLOAT_DIG, 1 / 3);
