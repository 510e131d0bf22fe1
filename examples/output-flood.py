# Expect: output_limit. Writes without end; the first bytes are kept.
while True:
    print("All work and no play makes Jack a dull boy.")
