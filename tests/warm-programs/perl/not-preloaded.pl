print -e "/etc/ld.so.preload" ? "there\n" : "not there\n"; print grep(/PRELOAD/, keys %ENV) ? "set\n" : "not set\n"; print `ls /etc; ls -la /box /tmp | awk '{print \$1, \$3, \$4, \$9}'`;
