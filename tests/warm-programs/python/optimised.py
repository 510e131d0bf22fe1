print(__debug__)
assert False, "asserts are on"
