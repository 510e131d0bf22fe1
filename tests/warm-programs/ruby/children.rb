require "open3"
out, err, status = Open3.capture3("cat; echo e >&2; exit 3", stdin_data: "in")
p out, err, status.exitstatus
p `echo hi`, $?.success?, system("exit 2"), $?.exitstatus, system("no-such-program"), $?.exitstatus, spawn("true").class, Process.wait.class
r, w = IO.pipe
pid = spawn("echo spawned; ls /proc/self/fd", out: w); w.close; Process.wait pid; puts r.read
`no-such-program`
