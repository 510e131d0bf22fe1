<?php
print_r(array_diff(scandir('/proc/self/task'), ['.', '..'])); echo file_get_contents('/proc/self/oom_score_adj'), file_get_contents('/proc/self/timerslack_ns') ?: '', sys_getloadavg() === false ? 'none' : 'load', PHP_ZTS, "\n"; $s = explode(' ', preg_replace('/.*\) /', '', file_get_contents('/proc/self/stat'))); echo join(' ', array_slice($s, 0, 6)), ' ', join(' ', array_slice($s, 15, 3));
