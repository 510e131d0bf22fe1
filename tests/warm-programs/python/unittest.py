import unittest


class Sums(unittest.TestCase):
    def test_good(self):
        self.assertEqual(1 + 1, 2)

    def test_bad(self):
        self.assertEqual(1 + 1, 3)


import re, io, sys
stream = io.StringIO()
result = unittest.TextTestRunner(stream).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
print(re.sub(r"in [0-9.]+s", "in T", stream.getvalue()))
