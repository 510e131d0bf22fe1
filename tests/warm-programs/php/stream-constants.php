<?php
var_dump(STDIN, STDOUT, STDERR, (int) fopen('/dev/null', 'r'), get_resources());
