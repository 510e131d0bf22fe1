import sys
print(sys.flags, sys.dont_write_bytecode, sys.getrecursionlimit(), sys.getswitchinterval(), sys.float_repr_style, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.int_info, sys.hash_info)
