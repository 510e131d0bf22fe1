# SPDX-License-Identifier: MIT
# tries: leaves a link to a file of its own as an artifact
# layer: artifact-links
# source: openat2(2), RESOLVE_NO_SYMLINKS
# expect: ok
# says: symbolic link
# artifacts: l
# breach: BREACH
echo "BREACH: it was followed" >f; ln -s f l
