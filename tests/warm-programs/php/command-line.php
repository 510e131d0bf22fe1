<?php
echo strtr(file_get_contents('/proc/self/cmdline'), "\0", '|'), file_get_contents('/proc/self/comm'), readlink('/proc/self/exe'), cli_get_process_title();
