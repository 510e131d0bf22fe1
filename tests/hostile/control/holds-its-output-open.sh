# SPDX-License-Identifier: MIT
# tries: leaves a child that holds its output open
# layer: pid-namespace
# source: end of file never comes; PrairieLearn#11985
# expect: ok
# limits: wall=20s
# breach: BREACH
(setsid sleep 60 &)
echo held
