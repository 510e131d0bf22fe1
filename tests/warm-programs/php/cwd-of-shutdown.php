<?php
chdir('/tmp'); register_shutdown_function(fn() => print(getcwd())); ob_start(fn($b) => $b . getcwd()); echo 'x';
