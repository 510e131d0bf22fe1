p rand.class
pid = fork { puts "child #{Process.ppid != 1} #{Thread.list.size} #{DATA.read}"; exit! 3 }
_, status = Process.wait2(pid)
p status.exitstatus, status.pid == pid, DATA.read, $?.to_i
fork { at_exit { puts "of the child" } }
p Process.waitall.size
at_exit { puts "of the parent" }
__END__
shared
