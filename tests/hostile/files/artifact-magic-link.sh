# SPDX-License-Identifier: MIT
# tries: leaves a way through /proc as an artifact
# layer: artifact-links
# source: openat2(2), RESOLVE_NO_MAGICLINKS
# expect: ok
# says: symbolic link
# artifacts: r/etc/passwd c/x f/0 r@DIR@/secret
# breach: BREACH
ln -s /proc/self/root r; ln -s /proc/1/cwd c; ln -s /proc/self/fd f
