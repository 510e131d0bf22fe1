<?php
# exrun: {"limits": {"cpu_ms": 200}}
echo "begun\n"; while (true);
