# SPDX-License-Identifier: MIT
# tries: looks for a mount that passes changes on to the host, or takes them
# layer: propagation
# source: mount_namespaces(7); runc CVE-2016-9962's kin
# expect: ok
# breach: BREACH
for line in open("/proc/self/mountinfo"):
    fields = line.split()
    odd = [word for word in fields[6:fields.index("-")] if word.startswith(("shared", "master", "propagate"))]
    if odd:
        print("BREACH:", fields[4], odd)
print("held")
