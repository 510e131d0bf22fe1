import traceback


def f():
    traceback.print_stack()
    try:
        g()
    except ValueError:
        traceback.print_exc()
        print(traceback.format_exc())


def g():
    raise ValueError("no")


f()
