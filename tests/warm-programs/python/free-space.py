import os
s = os.statvfs(".")
print(s.f_bsize, s.f_blocks, s.f_files, s.f_flag, s.f_namemax, os.statvfs("/tmp").f_blocks, s.f_blocks - s.f_bfree, s.f_files - s.f_ffree)
