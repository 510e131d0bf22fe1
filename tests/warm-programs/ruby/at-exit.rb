at_exit { puts "first registered" }
at_exit { puts "second #{$!.inspect}"; exit 5 }
at_exit { raise "in the handler" }
END { puts "END block" }
BEGIN { puts "BEGIN block #{__LINE__}" }
puts "body"
exit 3
