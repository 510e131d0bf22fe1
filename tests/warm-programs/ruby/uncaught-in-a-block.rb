[3, 2, 0].each do |n|
  puts 6 / n
end
