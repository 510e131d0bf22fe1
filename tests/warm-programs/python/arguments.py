import sys
print(sys.argv, sys.orig_argv, sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.platlibdir, sys.warnoptions, sys._xoptions)
