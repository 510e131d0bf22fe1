# SPDX-License-Identifier: MIT
# tries: runs the host's setuid programs
# layer: nosuid no-new-privs
# source: su(1), passwd(1), mount(8); PwnKit CVE-2021-4034
# expect: ok
# limits: processes=64
# breach: BREACH
for f in su passwd mount umount chsh newgrp sudo pkexec fusermount3; do
    [ -u /usr/bin/$f ] || continue
    timeout 1 /usr/bin/$f </dev/null >/dev/null 2>&1 &
    sleep 0.05
    awk '/^Uid:/ && $3 == 0 {print "BREACH: it is root"}' /proc/[0-9]*/status 2>/dev/null
done
echo held
