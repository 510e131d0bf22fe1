# exrun: {"stderr": "stdout"}
$stderr.puts "1"; puts "2"; $stderr.print "3\n"; system "echo 4; echo 5 >&2"; warn "6"; puts "7"
raise "8"
