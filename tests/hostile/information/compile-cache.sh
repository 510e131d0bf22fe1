# SPDX-License-Identifier: MIT
# tries: looks for what other visitors had compiled
# layer: root
# source: ccache and shared caches of others
# expect: ok
# breach: BREACH
for d in /var/cache /var/cache/exrun /root/.cache /home; do [ -e $d ] && echo "BREACH: $d"; done
echo held
