puts )
puts "never"
