p __LINE__
p 2
