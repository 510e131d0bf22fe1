begin
  DATA.write "x"
rescue IOError => e
  p e
end
File.open(__FILE__, "a") { |f| f.puts "appended" }
puts DATA.read
__END__
own
