# SPDX-License-Identifier: MIT
# tries: swaps an artifact for a link while it is fetched
# layer: artifact-dead artifact-links
# source: TOCTOU; compiler-explorer#6026
# expect: ok
# says: left
# artifacts: f d/secret
# runs: 4
# breach: BREACH
(while :; do ln -sf @DIR@/secret f; rm f; echo fine >f; done) &
(while :; do mkdir d; echo fine >d/secret; mv d e; ln -s @DIR@ d; rm d; rm -r e; done) 2>/dev/null &
sleep 0.2
echo left
