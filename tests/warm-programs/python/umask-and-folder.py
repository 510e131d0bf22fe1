import os
print(os.getcwd(), oct(os.umask(0)), os.listdir(), os.path.realpath(__file__), os.path.abspath("x"))
os.mkdir("d"); print(oct(os.stat("d").st_mode))
