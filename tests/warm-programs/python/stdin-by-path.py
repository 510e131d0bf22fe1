# exrun: {"stdin": "by path\n"}
print(open("/dev/stdin").read(), open(0, closefd=False).read())
