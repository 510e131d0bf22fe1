grep -vE '^(Vm|Rss|Huge)|ctxt' /proc/self/status
