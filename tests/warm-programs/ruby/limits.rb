%i[AS CORE CPU DATA FSIZE MEMLOCK MSGQUEUE NICE NOFILE NPROC RSS RTPRIO SIGPENDING STACK].each { |name| p [name, Process.getrlimit(name)] unless name == :SIGPENDING }
puts File.read("/proc/self/limits").lines.grep_v(/pending/)
p Process.getpriority(Process::PRIO_PROCESS, 0), File.read("/proc/self/oom_score_adj"), File.read("/proc/self/timerslack_ns") rescue p $!
