import json, re, math, datetime, collections, itertools, functools, decimal, fractions, statistics, csv, sqlite3, ssl, hashlib, unittest, argparse
print(json.dumps({"a": [1, 2]}), math.pi, datetime.date(2024, 1, 2), decimal.Decimal("1.1"), hashlib.sha256(b"x").hexdigest()[:8], sqlite3.connect(":memory:").execute("select 1").fetchall())
