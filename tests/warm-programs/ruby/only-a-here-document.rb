<<A.each_char { |c| print c.succ }
abc
A
