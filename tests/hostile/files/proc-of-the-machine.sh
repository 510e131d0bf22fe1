# SPDX-License-Identifier: MIT
# tries: reads what /proc tells of the machine and lets it be steered by
# layer: proc
# source: proc(5), subset=pid; containers mask these
# expect: ok
# breach: BREACH
for f in sys sysrq-trigger kcore kmsg kallsyms modules cmdline config.gz interrupts meminfo mounts/.. net/tcp net/unix keys key-users timer_list sched_debug scsi bus irq fs acpi partitions swaps version; do
    [ "$f" = mounts/.. ] || [ ! -e /proc/$f ] || [ -n "$(readlink /proc/$f | grep self)" ] || echo "BREACH: /proc/$f"
done
echo held
