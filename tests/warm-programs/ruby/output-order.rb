$stderr.puts "1"; puts "2"; $stderr.print "3\n"; $stdout.write "4\n"; STDOUT.syswrite "5\n"; system "echo 6"; warn "7"; $stdout << "8" << "\n"; putc "9"; print "\n"
