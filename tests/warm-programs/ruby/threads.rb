p Thread.list.size, Thread.main == Thread.current, Thread.current.name, Thread.current.priority, Thread.current.group == ThreadGroup::Default, Thread.current.inspect.gsub(/0x\h+/, "X"), Thread.current.keys, Thread.current.thread_variables
p Thread.new { Thread.current.inspect.gsub(/0x\h+/, "X") }.value, Thread.abort_on_exception, Thread.report_on_exception, Thread.pending_interrupt?
p File.read("/proc/self/status")[/Threads:\s+\d+/], Dir["/proc/self/task/*"].size
