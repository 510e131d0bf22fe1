$0 = "another name"
p $0, $PROGRAM_NAME, __FILE__, File.read("/proc/self/cmdline").delete("\0").strip, File.read("/proc/self/comm")
Process.setproctitle("title")
p $0, File.read("/proc/self/cmdline").delete("\0")
