puts File.read("/proc/self/status").lines.grep_v(/^(Name|Pid|Tgid|NSpid|Vm|Rss|Uid|Gid|.*ctxt|SigQ|Groups|PPid|Hugetlb|NStgid|NSpgid|NSsid)/)
p File.read("/proc/self/personality"), File.read("/proc/self/comm") rescue p $!
