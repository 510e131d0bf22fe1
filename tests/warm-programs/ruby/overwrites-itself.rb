File.write(__FILE__, "puts 'new program'\n")
puts "old program"
load __FILE__
p DATA.read
raise "which line"
__END__
old data that is long enough to be read after the new one
