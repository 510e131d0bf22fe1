# exrun: {"files": [{"path": "a/b", "content": "1"}, {"path": "c", "content": "2"}]}
import os
print([(name, os.stat(name).st_ino) for name in ("/", "/etc", "/tmp", ".", "main.py", "a", "a/b", "c", "/etc/passwd")])
