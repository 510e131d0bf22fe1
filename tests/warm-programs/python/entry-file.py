import os
s = os.stat("main.py")
print(oct(s.st_mode), s.st_nlink, s.st_size, s.st_blocks, s.st_uid == os.getuid(), os.listdir("."), os.stat(".").st_nlink)
