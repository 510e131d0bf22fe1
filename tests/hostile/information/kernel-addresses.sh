# SPDX-License-Identifier: MIT
# tries: looks for addresses of the kernel
# layer: proc
# source: proc(5), kallsyms, wchan, stack; kptr_restrict
# expect: ok
# breach: BREACH
for f in /proc/kallsyms /proc/modules /proc/self/stack /proc/self/net/unix /proc/timer_list /proc/slabinfo /proc/vmallocinfo /proc/iomem; do
    grep -aoE 'ffff[0-9a-f]{12}' "$f" 2>/dev/null | grep -v '^ffff[0f]*$' | grep -v '^ffffffffff6' | head -1 | sed 's/^/BREACH: /'
done
echo held
