os.execute("ls -ln main.lua; ls -lnd . | awk '{print $1, $3, $4}'")
