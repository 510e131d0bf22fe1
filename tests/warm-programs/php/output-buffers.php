<?php
var_dump(ob_get_level(), ob_get_status(true), ob_list_handlers(), ob_get_length());
ob_start(); echo 'kept'; $x = ob_get_clean(); echo strrev($x), "\n"; ob_start(null, 4); echo 'ab'; echo 'cdef'; print_r(ob_get_status()); ob_implicit_flush(); echo output_reset_rewrite_vars() ? 1 : 0;
