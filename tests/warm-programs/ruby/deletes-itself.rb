File.delete(__FILE__)
p Dir.children("."), File.exist?($0), DATA.read, (DATA.stat.nlink)
def f = raise("lines of a deleted file")
puts "still here"
f
__END__
data of a deleted file
