<?php
# exrun: {"limits": {"disk_bytes": 1048576}}
var_dump(file_put_contents('large', str_repeat('x', 5 << 20)));
