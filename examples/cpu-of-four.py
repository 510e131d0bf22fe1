# Expect: cpu_timeout. Four processes burn at once; their time is counted together.
import os

for _ in range(3):
    if os.fork() == 0:
        break
while True:
    pass
