print(os.execute("test -t 0"), os.execute("test -t 1"), os.execute("test -t 2"))
print(io.type(io.stdin), io.type(io.stdout), io.stdin:seek())
