<?php
printf("%04o %s %s\n", umask(), getcwd(), sys_get_temp_dir()); mkdir('d'); printf("%o %s\n", fileperms('d'), realpath('d')); print_r(scandir('.')); print_r(scandir('/tmp')); var_dump(tempnam('', 'x') !== false, disk_total_space('.'));
