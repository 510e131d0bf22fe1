import os, subprocess
print(subprocess.check_output(["sh", "-c", "env | grep THREADS | sort"], text=True), [name for name in os.environ if "THREADS" in name])
