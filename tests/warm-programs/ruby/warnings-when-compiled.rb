x = 5
if x = 3
  puts "assigned"
end
{ a: 1, a: 2 }
case 1 when 1 then 1 when 1 then 2 end
puts -1.abs
p (1)
