for name in global_variables.sort - [:$$, :$_, :$~]
  puts "#{name} #{eval(name.to_s).inspect[0, 200].gsub(/0x\h+/, "X")}"
end
