# exrun: {"files": [{"path": "sitecustomize.py", "content": "print('customized')\n"}, {"path": "usercustomize.py", "content": "print('user')\n"}, {"path": "more.pth", "content": "import sys; print('pth')\n"}, {"path": "pyvenv.cfg", "content": "home = /usr/bin\n"}, {"path": "python3", "content": "x"}]}
import sys
print(sys.prefix, "sitecustomize" in sys.modules)
