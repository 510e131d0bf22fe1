# Expect: ok. The smallest program there is.
print("Hello from Python")
