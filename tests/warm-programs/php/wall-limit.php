<?php
# exrun: {"limits": {"wall_ms": 800}}
register_shutdown_function(fn() => print('never')); echo "begun\n"; sleep(60);
