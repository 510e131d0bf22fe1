os.exit(257)
