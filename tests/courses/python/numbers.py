import cmath, decimal, fractions, math, random, secrets, statistics, uuid

print(2 ** 200, math.factorial(40), math.gcd(84, 36), math.isqrt(10 ** 20), divmod(-7, 3), -7 // 2, round(2.5), 0.1 + 0.2, 10 ** 30 % 7)
print(decimal.Decimal("0.1") + decimal.Decimal("0.2"), fractions.Fraction(1, 3) + fractions.Fraction(1, 6), cmath.sqrt(-1), int("ff", 16), bin(10), float("inf"))
random.seed(42); print(random.randint(1, 100), random.sample(range(50), 3), random.choice("abc"), random.gauss(0, 1))
print(statistics.mean([1, 2, 4]), statistics.stdev([1, 2, 4]), math.sin(1), math.e, f"{1e100:g}")
print(len(secrets.token_hex(8)), 0 <= random.SystemRandom().random() < 1, uuid.uuid5(uuid.NAMESPACE_DNS, "x"), len(str(uuid.uuid4())), secrets.randbelow(1))
print(len(set(random.SystemRandom().randint(0, 10 ** 9) for _ in range(10))) > 5)
