# SPDX-License-Identifier: MIT
# tries: reads a file of the host by its path, by ".." and by /proc/self/root
# layer: root
# source: path_resolution(7); runc CVE-2019-5736 began with such a path
# breach: BREACH
# expect: ok
for p in @DIR@/secret /../../../..@DIR@/secret /proc/self/root@DIR@/secret /proc/1/root@DIR@/secret /proc/self/cwd/../../../@DIR@/secret; do
    cat "$p" 2>/dev/null && echo "BREACH: $p"
done
echo held
