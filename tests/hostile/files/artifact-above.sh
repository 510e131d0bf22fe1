# SPDX-License-Identifier: MIT
# tries: renames its directory away, so that ".." leads elsewhere
# layer: artifact-links
# source: openat2(2), RESOLVE_BENEATH
# expect: ok
# says: left
# artifacts: a/b/* a/b/x x
# breach: BREACH
mkdir -p a/b; cd a/b; mv /box/a /tmp/a 2>/dev/null; ln -s ../../../tmp x; echo left
