# exrun: {"files": [{"path": "a/b", "content": "1"}, {"path": "c", "content": "2"}]}
import os
print([(name, os.stat(name).st_ino > 0, os.stat(name).st_dev == os.stat(".").st_dev) for name in ("main.py", "a", "a/b", "c", ".")])
