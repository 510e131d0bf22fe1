import subprocess, sys
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, sys.path[0] == '', sys.flags.dont_write_bytecode)"], capture_output=True, text=True))
print(subprocess.run("exit 7", shell=True).returncode, subprocess.run("kill -9 $$", shell=True).returncode)
print(subprocess.run(["cat"], input=b"in", capture_output=True).stdout)
