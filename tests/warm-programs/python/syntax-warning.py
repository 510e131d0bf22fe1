x = 5
print(x is 5, "\d")
assert (x, "always true")
