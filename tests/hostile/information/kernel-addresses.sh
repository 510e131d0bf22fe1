# SPDX-License-Identifier: MIT
# tries: looks for addresses of the kernel
# layer: proc
# source: proc(5), kallsyms, wchan, stack; kptr_restrict
# expect: ok
# breach: BREACH
cd /proc && cat kallsyms modules self/stack self/net/unix self/wchan timer_list slabinfo vmallocinfo iomem 2>/dev/null |
    grep -aoE 'ffff[0-9a-f]{12}' | grep -vE '^ffff(0|f)*$|^ffffffffff6' | head -1 | sed 's/^/BREACH: /'
echo held
