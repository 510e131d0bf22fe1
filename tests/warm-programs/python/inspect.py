import inspect


def f(a, b=1, *c, d, **e):
    """Words."""
    return inspect.currentframe().f_lineno


print(inspect.getsource(f), inspect.getsourcefile(f), inspect.getsourcelines(f)[1], inspect.signature(f), f(1, d=2))
print([(one.filename, one.lineno, one.function, one.code_context) for one in inspect.stack()], inspect.getmodule(f))
