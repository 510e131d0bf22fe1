<?php
$before = memory_get_usage(); $a = range(1, 10000); echo memory_get_usage() - $before, ' '; $before = memory_get_usage(); $s = str_repeat('x', 100000); echo memory_get_usage() - $before, ' '; unset($a); echo gc_collect_cycles(), json_encode(array_diff_key(gc_status(), array_flip(['application_time', 'collector_time', 'destructor_time', 'free_time'])));
