Thread.new { at_exit { puts "of the thread" }; exit 6 }.join
puts "never"
