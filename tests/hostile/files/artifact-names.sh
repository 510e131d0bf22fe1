# SPDX-License-Identifier: MIT
# tries: leaves files whose names are lines and escape codes
# layer: artifact-names
# source: console_codes(4)
# expect: ok
# says: control characters
# artifacts: [a-e]*
# breach: BREACH
echo x >$'a\nb'; echo x >$'c\e[31m'; echo x >$'d\a'; echo x >$'e\xff'
