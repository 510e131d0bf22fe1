puts <<~A
  __END__
  still text
A
puts <<B
__END__
B
p __LINE__, defined?(DATA)
