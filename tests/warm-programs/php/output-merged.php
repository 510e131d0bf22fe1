<?php
# exrun: {"stderr": "stdout"}
for ($n = 0; $n < 20; $n++) { echo "out $n\n"; fwrite(STDERR, "err $n\n"); }
echo $undefined; trigger_error('words', E_USER_WARNING); throw new Exception('end');
