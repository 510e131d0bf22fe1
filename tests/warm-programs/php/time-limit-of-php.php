<?php # exrun: {"limits": {"wall_ms": 20000}}
set_time_limit(1); echo ini_get('max_execution_time'); while (true);
