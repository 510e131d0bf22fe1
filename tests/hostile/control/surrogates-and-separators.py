# SPDX-License-Identifier: MIT
# tries: writes characters that end lines in JavaScript and turn text around
# layer: verdict
# source: U+2028; Trojan Source CVE-2021-42574
# expect: ok
# breach: BREACH
print("held \u2028 \u2029 \u202e \ufeff </script><!-- ]]>")
