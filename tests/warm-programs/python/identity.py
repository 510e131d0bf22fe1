import os, pwd, grp, socket, platform
print(os.getresuid()[0] == os.getresgid()[0], os.getgroups(), pwd.getpwuid(os.getuid())[:1], grp.getgrgid(os.getgid()).gr_name, socket.gethostname(), platform.node(), platform.python_version(), os.getlogin.__name__)
