<?php
pcntl_async_signals(true); pcntl_signal(SIGUSR1, function ($n) { echo "got $n\n"; }); posix_kill(posix_getpid(), SIGUSR1); pcntl_alarm(1); pcntl_signal(SIGALRM, fn() => print("alarm\n")); sleep(3); posix_kill(posix_getpid(), SIGTERM); sleep(1);
