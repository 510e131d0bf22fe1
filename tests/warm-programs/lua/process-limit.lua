for n = 1, 40 do os.execute("sleep 1 & ") end
