old = $stdout.dup
$stdout.reopen("out.txt", "w")
puts "to the file"; system "echo the child, too"
$stdout.flush; $stdout.reopen(old)
puts File.read("out.txt")
require "stringio"
$stdout = StringIO.new; puts "caught"; caught = $stdout.string; $stdout = STDOUT
p caught, $stdout.sync, old.fileno
