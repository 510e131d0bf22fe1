x = [1,
  2].map { |n|
    n *
      2
  }
p x, __LINE__; p(\
__LINE__
)
=begin
a block comment
=end
p __LINE__
# line with \
p __LINE__
raise "in line 14" if
  x
