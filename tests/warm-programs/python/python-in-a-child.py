import subprocess, sys
code = "import os, sys; print(sorted(os.listdir('/proc/self/fd'))[:4], os.path.exists('/etc/ld.so.preload'), 'park' in open('/proc/self/maps').read(), open('main.py').read() != '')"
print(subprocess.check_output([sys.executable, "-c", code], text=True))
