raise SystemExit("words")
