<?php
# exrun: {"limits": {"cpu_ms": 400}}
echo "begun\n"; while (true);
