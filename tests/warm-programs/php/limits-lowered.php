<?php
# exrun: {"limits": {"cpu_ms": 900, "files": 60, "disk_bytes": 262144}}
print_r(posix_getrlimit()); var_dump(ini_get('memory_limit'), ini_get('max_execution_time'));
