import sys
print(*sorted(sys.modules), sep="\n")
print(sys.modules["__main__"].__file__)
