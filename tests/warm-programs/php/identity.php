<?php
var_dump(getmypid(), posix_getppid(), posix_getuid() === posix_geteuid(), posix_getuid() === getmyuid(), get_current_user(), posix_getpwuid(posix_getuid())['name'], posix_getgroups() === [posix_getgid()], php_uname('n'), posix_getsid(0), posix_getpgrp(), getmyinode() === fileinode(__FILE__), getmygid() === filegroup(__FILE__));
