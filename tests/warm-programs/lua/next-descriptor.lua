local files = {}
for n = 1, 3 do files[n] = io.open("/dev/null") end
os.execute("ls /proc/$PPID/fd | sort -n | tr '\\n' ' '")
