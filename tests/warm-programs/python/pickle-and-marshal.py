import pickle, marshal
class Point:
    def __init__(self, x): self.x = x
print(pickle.dumps(Point(1)), marshal.dumps((1, "a")), pickle.loads(pickle.dumps(Point(2))).x)
