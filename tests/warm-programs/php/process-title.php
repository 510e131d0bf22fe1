<?php
var_dump(cli_set_process_title('mine'), cli_get_process_title()); echo strtr(file_get_contents('/proc/self/cmdline'), "\0", '|');
