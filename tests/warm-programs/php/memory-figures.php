<?php
var_dump(memory_get_usage() < 1 << 20, memory_get_peak_usage(true) === 2 << 20, memory_get_usage(true));
