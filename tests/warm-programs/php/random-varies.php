<?php
# exrun: {"varies": true}
echo mt_rand(), rand(), random_int(0, PHP_INT_MAX), lcg_value();
