import __main__, sys
print(__main__ is sys.modules["__main__"], vars(__main__) is globals(), __builtins__ is sys.modules["builtins"], __annotations__ if "__annotations__" in globals() else "none")
