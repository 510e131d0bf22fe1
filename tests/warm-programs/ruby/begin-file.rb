p File.exist?("/etc/exrun/begin"), File.readable_real?("/etc/exrun/begin"), File.read("/etc/exrun/output.rb").size, File.exist?("/etc/ld.so.preload"), require("/etc/exrun/output.rb"), load("/etc/exrun/output.rb")
p $stdout.sync
