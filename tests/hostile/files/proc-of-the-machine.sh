# SPDX-License-Identifier: MIT
# tries: reads what /proc tells of the machine and lets it be steered by, by its names, and by all names that there are
# layer: proc
# source: proc(5), subset=pid; containers mask these; fs/proc/generic.c, proc_lookup
# expect: ok
# breach: BREACH
for f in acpi asound buddyinfo bus cgroups cmdline config.gz consoles crypto devices diskstats dma driver execdomains fb filesystems fs interrupts iomem ioports irq kallsyms kcore key-users keys kmsg \
    kpagecgroup kpagecount kpageflags latency_stats locks lockdep mdstat misc modules mounts mtrr net net/tcp net/unix partitions pagetypeinfo pressure sched_debug schedstat scsi slabinfo softirqs swaps \
    sys sys/kernel/hostname sysrq-trigger sysvipc timer_list tty vmallocinfo vmstat xen zoneinfo mounts/..; do
    [ "$f" = mounts/.. ] || [ ! -e /proc/$f ] || [ -n "$(readlink /proc/$f | grep self)" ] || echo "BREACH: /proc/$f"
done
# The cell's own six files are not in the listing.
for path in /proc/*; do
    case ${path#/proc/} in
    *[!0-9]*) [ "$path" = /proc/self ] || [ "$path" = /proc/thread-self ] || echo "BREACH: $path" ;;
    esac
done
{ echo h >/proc/sysrq-trigger; } 2>/dev/null && echo "BREACH: /proc/sysrq-trigger"
echo held
