# SPDX-License-Identifier: MIT
# tries: writes bytes that no JSON can carry
# layer: verdict
# source: RFC 8259, section 8.1
# expect: ok
# breach: BREACH
import sys

sys.stdout.buffer.write(b"held\xff\xfe\x00\xed\xa0\x80\xf8\x88\x80\x80\x80\"}\n\x00")
