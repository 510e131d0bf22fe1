import subprocess, sys, os
if len(sys.argv) == 1:
    print(subprocess.run([sys.executable, "main.py", "again"], capture_output=True, text=True))
else:
    print(sys.argv)
