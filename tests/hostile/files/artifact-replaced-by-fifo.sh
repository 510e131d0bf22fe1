# SPDX-License-Identifier: MIT
# tries: swaps an artifact for a pipe while it is fetched
# layer: artifact-dead artifact-regular
# source: TOCTOU
# expect: ok
# says: left
# artifacts: f
# runs: 3
# breach: BREACH
(while :; do rm -f f; mkfifo f; rm f; echo fine >f; done) &
sleep 0.2
echo left
