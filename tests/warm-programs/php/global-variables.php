<?php
print_r(array_keys(get_defined_vars())); print_r(array_keys($GLOBALS)); print_r(array_map('gettype', get_defined_vars()));
