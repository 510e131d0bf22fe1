<?php
# exrun: {"limits": {"wall_ms": 500}}
register_shutdown_function(fn() => print('never')); echo "begun\n"; sleep(60);
