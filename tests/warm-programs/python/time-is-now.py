import os, time, subprocess
print(abs(time.time() - int(subprocess.check_output(["date", "+%s"]))) < 2, abs(os.stat("main.py").st_mtime - time.time()) < 2, time.tzname, time.timezone, time.perf_counter() > 0)
