before = Dir["/proc/self/task/*"].size
t = Thread.new { sleep }
p before, Dir["/proc/self/task/*"].size, Dir["/proc/self/task/*/comm"].map { |f| File.read(f).strip }.sort, Dir["/proc/self/fd/*"].size
t.name = "named"
p Dir["/proc/self/task/*/comm"].map { |f| File.read(f).strip }.sort
