#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <iostream>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>
#include <ratio>
#include <string>
#include <utility>
#include <valarray>
#include <vector>
static std::string big(int n) { std::vector<int> d{1}; for (int k = 2; k <= n; k++) { int c = 0; for (int &x : d) { int v = x * k + c; x = v % 10; c = v / 10; } while (c) { d.push_back(c % 10); c /= 10; } } return std::string(d.rbegin(), d.rend()).empty() ? "" : std::accumulate(d.rbegin(), d.rend(), std::string(), [](std::string s, int x) { return s + char('0' + x); }); }
int main()
{
    std::cout << std::numeric_limits<int>::max() << ' ' << std::numeric_limits<uint64_t>::max() << ' ' << std::numeric_limits<double>::epsilon() << ' ' << -7 / 2 << -7 % 3 << (7 >> 1) << ' ' << 0.1 + 0.2 << ' ' << 0b101 << 017 << 0xff << 1'000'000 << '\n'; std::cout << std::sqrt(2) << std::sin(1) << std::pow(2, 10) << std::fmod(7.5, 2) << std::hypot(3, 4) << std::round(2.5) << std::trunc(-2.7) << std::lround(-2.5) << std::isnan(NAN) << std::gcd(84, 36) << std::lcm(4, 6) << std::midpoint(1, 5) << std::numbers::pi << std::lerp(0., 10., .3) << std::tgamma(5) << '\n'; std::mt19937 g(42); std::uniform_int_distribution<int> d(1, 6); std::cout << g() << ' ' << std::mt19937_64(1)() << ' '; bool ok = true; for (int i = 0; i < 100; i++) { int x = d(g); ok &= x >= 1 && x <= 6; } std::random_device rd; std::cout << ok << (rd() != rd() || rd() != rd()) << std::generate_canonical<double, 10>(g) << '\n'; std::cout << big(30) << ' ' << std::complex(1., 2.) * std::complex(3., -1.) << std::abs(std::complex(3., 4.)) << std::popcount(255u) << std::bit_ceil(5u) << std::countl_zero(uint8_t(1)) << std::bit_cast<uint32_t>(1.0f) << '\n'; std::valarray<double> v{1, 2, 3}; std::cout << (v * v).sum() << (v > 1.5)[0] << std::ratio_add<std::ratio<1, 2>, std::ratio<1, 3>>::num << '\n'; uint8_t c = 255; c++; int i = 5; i++; std::cout << int(c) << i << (true ? 1 : 2.5) << ('a' + 1) << char('a' + 1) << 7 / 2.0 << static_cast<int>(3.99) << (5 & 3) << (5 ^ 3) << (1u << 31) << std::cmp_less(-1, 1u) << '\n'; std::vector<bool> s(51, true); for (int a = 2; a <= 50; a++) if (s[a]) { std::cout << a << ' '; for (int b = a * a; b <= 50; b += a) s[b] = false; } std::cout << '\n';
}
