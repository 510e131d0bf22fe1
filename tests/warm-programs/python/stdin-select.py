# exrun: {"stdin": "x"}
import os, select
print(select.select([0], [], [], 1)[0], os.read(0, 10), select.select([0], [], [], 1)[0], os.read(0, 10))
