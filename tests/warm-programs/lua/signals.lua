os.execute("grep -E '^(SigI|SigC|SigP|Shd)' /proc/$PPID/status")
os.execute("trap; kill -l | head -n 1")
