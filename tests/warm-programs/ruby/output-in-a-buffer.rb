$stdout.sync = false
print "first "
$stderr.print "second "
system "echo from a child"
at_exit { print "last" }
