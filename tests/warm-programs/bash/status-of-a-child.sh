grep -vE '^(Vm|Rss|Huge|SigQ)|ctxt' /proc/self/status
