<?php
echo "before\n"; posix_kill(getmypid(), SIGSEGV); sleep(1);
