# SPDX-License-Identifier: MIT
# tries: reads a file of the host by its path, by ".." and by links in /proc
# layer: root
# source: path_resolution(7)
# expect: ok
# breach: BREACH
for p in @DIR@/secret /../../../..@DIR@/secret /proc/self/root@DIR@/secret /proc/self/cwd/../..@DIR@/secret; do
    cat "$p" 2>/dev/null && echo "BREACH: $p"
done
echo held
