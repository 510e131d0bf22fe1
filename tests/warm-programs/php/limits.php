<?php
echo file_get_contents('/proc/self/limits'); print_r(posix_getrlimit()); passthru('ulimit -a');
