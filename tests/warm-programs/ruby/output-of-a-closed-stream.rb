at_exit { $stderr.puts "handler" }
$stdout.close
puts "never"
