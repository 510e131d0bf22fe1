print(hash(1), hash(1.5), hash((1, 2)), hash(frozenset([1])), hash(None) != 0, {1, 2, 3, 10, 20})
