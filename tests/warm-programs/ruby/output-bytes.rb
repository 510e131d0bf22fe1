$stdout.binmode
print "\xff\x00\xfe", [0x1f600].pack("U"), "\r\n"
$stdout.puts "zażółć".encode("iso-8859-2")
$stdout.set_encoding("utf-16le") rescue p $!
puts "wide"
