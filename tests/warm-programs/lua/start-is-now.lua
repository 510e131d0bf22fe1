-- The clock of the program counts from its start.
print(os.clock() < 1, os.time() - os.time() <= 0)
