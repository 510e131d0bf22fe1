# SPDX-License-Identifier: MIT
# tries: reads who was logged in
# layer: root
# source: utmp(5), last(1)
# expect: ok
# breach: BREACH
for f in /run/utmp /var/run/utmp /var/log/wtmp /var/log/lastlog /var/log/auth.log /var/log/syslog /var/log/journal; do [ -e $f ] && echo "BREACH: $f"; done
echo held
