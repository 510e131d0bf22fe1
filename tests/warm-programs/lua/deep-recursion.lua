local function f(n) return n == 0 and 0 or 1 + f(n - 1) end
print(f(10000), pcall(f, 1e7))
