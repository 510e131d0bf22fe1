print(os.execute("unshare -U true"))
