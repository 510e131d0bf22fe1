# SPDX-License-Identifier: MIT
# tries: looks into folders that its language does not need
# layer: root
# source: hier(7)
# expect: ok
# breach: BREACH
for d in /root /home /var /srv /boot /run /sys /mnt /media /opt /work; do [ -e $d ] && echo "BREACH: $d"; done
for f in /etc/shadow /etc/hostname /etc/machine-id /etc/resolv.conf /etc/ssh /etc/ssl/private /.dockerenv; do [ -e $f ] && echo "BREACH: $f"; done
echo held
