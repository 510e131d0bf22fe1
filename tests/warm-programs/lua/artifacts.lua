-- exrun: {"artifacts": ["*.txt", "folder/*", "none"]}
for n = 1, 3 do local f = io.open("file" .. n .. ".txt", "w") f:write(("x"):rep(n)) f:close() end
os.execute("mkdir folder; echo inside >folder/a.bin; printf '\\377' >folder/b.bin")
