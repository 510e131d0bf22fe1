# SPDX-License-Identifier: MIT
# tries: exits with 139, as one does that was stopped
# layer: verdict
# source: timeout(1); snekbox#91: time and memory both told as 137
# expect: failed
# breach: BREACH
echo held
exit 139
