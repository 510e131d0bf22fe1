#define _GNU_SOURCE
#include <complex.h>
#include <fenv.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
static unsigned long long gcd(unsigned long long a, unsigned long long b)
{
    return b ? gcd(b, a % b) : a;
}
int main(void)
{
    printf("%d %u %ld %" PRIu64 " %zu %d %d\n", INT_MAX, UINT_MAX, LONG_MIN, UINT64_MAX, sizeof(long double),
           CHAR_BIT, -7 / 2);
    printf("%d %d %.17g %g %g %d %f\n", -7 % 3, 7 >> 1, 0.1 + 0.2, DBL_MAX, FLT_EPSILON, isnan(NAN) != 0,
           INFINITY);
    printf("%.6f %.6f %.6f %.3f %.3f %.0f %.0f %ld\n", sqrt(2), sin(1), pow(2, 0.5), fmod(7.5, 2),
           hypot(3, 4), round(2.5), rint(2.5), lround(-2.5));
    double complex z = (1 + 2 * I) * (3 - I);
    printf("%.1f%+.1fi %.3f %d\n", creal(z), cimag(z), cabs(z), 0x1F & 0b1010);
    srand(42);
    int a = rand();
    srand(42);
    printf("%d %d\n", a == rand(), rand() >= 0);
    unsigned char bytes[8];
    printf("%zd %llu\n", getrandom(bytes, 8, 0), gcd(84, 36));
    int digits[100] = {1}, n = 1;
    for (int k = 2; k <= 40; k++) {
        int carry = 0;
        for (int i = 0; i < n; i++) {
            int v = digits[i] * k + carry;
            digits[i] = v % 10;
            carry = v / 10;
        }
        while (carry) {
            digits[n++] = carry % 10;
            carry /= 10;
        }
    }
    while (n--)
        putchar('0' + digits[n]);
    putchar('\n');
    bool sieve[101] = {0};
    for (int i = 2; i <= 100; i++) {
        if (sieve[i])
            continue;
        printf("%d ", i);
        for (int j = i * i; j <= 100; j += i)
            sieve[j] = true;
    }
    putchar('\n');
    uint32_t h = 2166136261u;
    for (const char *p = "hash"; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    printf("%08" PRIx32 " %lld %.3e %a %i %s\n", h, atoll("-123456789012"), strtod("1.5e10x", NULL), 1.0,
           (int)3.99, 1 ? "true" : "false");
    unsigned char c = 255;
    c++;
    printf("%d %d %d %ld %d\n", c, (signed char)200, __builtin_popcount(255), labs(-5L), div(7, 2).rem);
    return 0;
}
