<?php
declare(ticks=1);
register_tick_function(fn() => print('.'));
$a = 1; $b = 2; echo "\n"; var_dump(mb_internal_encoding(), ini_get('default_charset'), mb_strlen('żółć'));
