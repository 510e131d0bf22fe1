<?php
passthru('ls /etc/ld.so.preload; env | grep -c LD_; grep -c park /proc/self/maps; ls /proc/self/fd | wc -l'); var_dump(file_exists('/etc/ld.so.preload'), scandir('/etc'));
