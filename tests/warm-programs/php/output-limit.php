<?php
# exrun: {"limits": {"output_bytes": 3000}}
while (true) echo str_repeat('x', 63), "\n";
