# SPDX-License-Identifier: MIT
# tries: leaves a link to a file of the host as an artifact
# layer: artifact-links
# source: go-judge#176; Judge0 CVE-2024-28185
# expect: ok
# says: left
# artifacts: l e s
# breach: EXRUN_AUDIT
ln -s @DIR@/secret l; ln -s /proc/1/environ e; ln -s /proc/self/environ s; echo left
