=begin
p 1
=end
p __LINE__
