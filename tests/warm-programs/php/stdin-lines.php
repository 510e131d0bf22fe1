<?php
# exrun: {"stdin": "first\nsecond 2\nlast"}
var_dump(fgets(STDIN), fscanf(STDIN, '%s %d'), readline(), fgets(STDIN));
