import contextlib, functools, itertools, operator


def counter():
    n = 0

    def add(step=1):
        nonlocal n
        n += step
        return n
    return add


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


@functools.lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)


@contextlib.contextmanager
def section(name):
    print("<", name)
    yield name.upper()
    print(">", name)


def echo():
    got = None
    while got != "stop":
        got = yield got


c = counter(); c(); c(5)
print(c(), list(itertools.islice(fibonacci(), 10)), ways(80), ways.cache_info().hits)
with section("a") as s:
    print(s, list(map(operator.neg, [1, 2])), functools.reduce(operator.mul, range(1, 6)))
e = echo(); next(e); print(e.send(1), e.send("x"))
print(["".join(p) for p in itertools.permutations("abc")], [(k, len(list(g))) for k, g in itertools.groupby("aabbb")])
