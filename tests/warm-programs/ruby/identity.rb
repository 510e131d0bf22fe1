p Process.uid == Process.euid, Process.gid == Process.egid, Process.groups.size, Process.pid, Process.ppid, Process.getpgrp == Process.getpgid(0), Process.getsid == Process.pid, Process.getpgrp == Process.pid
require "etc"; p Etc.getlogin, Etc.getpwuid&.name, Etc.nprocessors, Etc.uname.keys, Etc.getgrgid&.name
require "socket"; p Socket.gethostname
