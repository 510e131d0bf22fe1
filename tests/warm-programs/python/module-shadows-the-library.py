# exrun: {"files": [{"path": "random.py", "content": "def randint(a, b): return 4\n"}, {"path": "string.py", "content": "print('my string')\n"}]}
import random
print(random.randint(1, 6), random.__file__)
