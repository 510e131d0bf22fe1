os.execute("kill -TERM $PPID")
while true do end
