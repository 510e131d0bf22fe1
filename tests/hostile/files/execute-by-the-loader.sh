# SPDX-License-Identifier: MIT
# tries: has the dynamic loader run a program that may not be executed
# layer: noexec
# source: ld.so(8); mmap(2): PROT_EXEC on a noexec mount is EPERM
# expect: ok
# breach: BREACH
cp /bin/true /tmp/mine
for l in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do [ -e $l ] && $l /tmp/mine 2>/dev/null && echo "BREACH: $l"; done
echo held
