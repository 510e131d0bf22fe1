from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum
import bisect, copy, heapq

Point = namedtuple("Point", "x y")


class Color(Enum):
    RED = 1
    BLUE = 2


@dataclass(order=True)
class Card:
    rank: int
    suit: str = field(compare=False)

    def __str__(self):
        return f"{self.rank} of {self.suit}"


print(Counter("mississippi").most_common(2), Point(1, 2)._replace(y=5), Color["RED"], list(Color))
d = defaultdict(list)
for word in "one two three four five".split():
    d[len(word)].append(word)
print(dict(d), sorted(d.items(), reverse=True), {**{"a": 1}, "b": 2}, [1, 2, 3][::-1], {1, 2} | {3})
q = deque([1, 2, 3], maxlen=3); q.append(4); q.rotate(1)
h = [5, 1, 4]; heapq.heapify(h); bisect.insort(s := [1, 3, 5], 4)
print(q, heapq.nsmallest(2, h), s, sorted([Card(3, "hearts"), Card(1, "spades")])[0], copy.deepcopy({"a": [1]}))
print(OrderedDict.fromkeys("abracadabra"), dict(zip("abc", range(3))), [x * y for x in range(3) for y in range(2)])
