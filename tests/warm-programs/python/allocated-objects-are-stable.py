import sys
print(sys.getrefcount(object()), sys.getallocatedblocks() > 0, sys.intern("word") is "word")
