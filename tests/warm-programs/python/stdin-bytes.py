# exrun: {"stdin": {"encoding": "base64", "content": "//4AYQo="}}
import sys
print(sys.stdin.buffer.read())
