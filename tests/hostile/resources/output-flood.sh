# SPDX-License-Identifier: MIT
# tries: writes without end
# layer: output
# source: yes(1)
# expect: output_limit
# limits: output=64K
# breach: BREACH
yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxx
