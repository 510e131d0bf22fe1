require "fiddle"
p $!, $@, $?, Errno.constants.size, Fiddle.last_error, SystemCallError.new(2).message
