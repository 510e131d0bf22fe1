package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"math/rand"
)

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func main() {
	f := big.NewInt(1)
	for i := int64(2); i <= 30; i++ {
		f.Mul(f, big.NewInt(i))
	}
	x, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(f, new(big.Int).Exp(big.NewInt(2), big.NewInt(200), nil), x.Mod(x, big.NewInt(97)), big.NewRat(1, 3).Add(big.NewRat(1, 3), big.NewRat(1, 6)), new(big.Float).SetPrec(100).Quo(big.NewFloat(1), big.NewFloat(3)), big.NewInt(97).ProbablyPrime(5))
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.Pi, math.Sqrt(2), math.Inf(1), math.NaN(), math.Floor(-1.5), math.Round(2.5), math.Trunc(-2.7), math.Mod(7.5, 2), math.Hypot(3, 4), -7/2, -7%3, 7>>1, 0.1+0.2, 1e100, 0b101, 0o17, 0xff, 1_000)
	var u8 uint8 = 255
	u8++
	var i8 int8 = 127
	i8++
	a, b := 0.1, 0.2
	fmt.Println(u8, i8, a+b, a+b == 0.3, 5&3, 5|3, 5^3, 5&^3, 1<<10, bits.OnesCount(255), bits.LeadingZeros8(1), int(a*30), float32(0.1), cmplx.Abs(3+4i), (1+2i)*(3-1i), gcd(84, 36))
	r := rand.New(rand.NewSource(42))
	fmt.Println(r.Intn(100), r.Perm(5), r.Float64(), rand.Intn(1))
	sieve := make([]bool, 51)
	for i := 2; i <= 50; i++ {
		if !sieve[i] {
			fmt.Print(i, " ")
			for j := i * i; j <= 50; j += i {
				sieve[j] = true
			}
		}
	}
	memo := map[int]int{}
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fib(n-1) + fib(n-2)
		return memo[n]
	}
	fmt.Println(fib(90), math.Float64bits(1), rune('a'+1), string(rune(65)))
}
