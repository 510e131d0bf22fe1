at_exit { puts "never" }
$stdout.sync = false
print "in the buffer"
exit! 4
