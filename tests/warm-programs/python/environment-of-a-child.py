import os, subprocess
os.environ["NEW"] = "ü"
print(subprocess.run("env | sort | grep -v ^_=", shell=True, capture_output=True, text=True).stdout)
