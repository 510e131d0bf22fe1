io.stdout:write("before\n")
io.stdout:close()
io.stderr:write("after\n")
print("nobody reads this")
