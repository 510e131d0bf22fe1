grep -vE '^(Vm|Rss|Huge)|ctxt' /proc/$$/status
