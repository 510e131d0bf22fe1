puts 'one', __LINE__
x = 'a
b'
p x, x.bytes
puts <<A
here
A
p DATA.read
raise 'in line 8'
__END__
more
