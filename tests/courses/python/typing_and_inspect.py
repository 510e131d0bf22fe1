import abc, argparse, ast, ctypes, dis, gc, inspect, io, os, platform, struct, sys, types, weakref
from array import array
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Shape(abc.ABC):
    registry = {}

    def __init_subclass__(cls, **kw):
        Shape.registry[cls.__name__] = cls

    @abc.abstractmethod
    def area(self) -> float: ...


class Square(Shape):
    __slots__ = ("side",)

    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2
    def __eq__(self, other): return self.side == other.side
    def __repr__(self): return f"Square({self.side!r})"
    @property
    def double(self): return Square(self.side * 2)


class Stack(Generic[T]):
    def __init__(self): self.items: list[T] = []
    def __iter__(self): return iter(self.items)
    def __getattr__(self, name): return f"no {name}"


try:
    Shape()
except TypeError as e:
    print(type(e).__name__)
s = Square(3); print(s.area(), s.double, Square(2) == Square(2), Shape.registry, Stack().foo, inspect.signature(Square.__init__))
match {"kind": "point", "at": [1, 2]}:
    case {"kind": "point", "at": [x, y]}: print(x + y)
print(ast.dump(ast.parse("1+2", mode="eval"))[:30], struct.pack(">IH", 1, 2), array("i", [1, 2]).tobytes(), sys.getrecursionlimit())
p = argparse.ArgumentParser(); p.add_argument("--n", type=int, default=3); print(p.parse_args([]).n, p.parse_args(["--n", "5"]).n)
print(ctypes.CDLL(None).abs(-5), ctypes.sizeof(ctypes.c_long), weakref.ref(s)() is s, platform.system(), os.cpu_count() > 0, gc.isenabled())
