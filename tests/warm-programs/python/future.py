from __future__ import annotations
def f(x: Missing) -> Nothing: pass
print(f.__annotations__)
