puts "never"
if true
  puts "unfinished"
