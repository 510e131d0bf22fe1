// SPDX-License-Identifier: MIT
// tries: makes the compiler work for ever
// layer: cgroup-cpu cgroup-memory
// source: templates of C++ are a language of their own
// expect: compile_failed
// breach: BREACH
template <int N> struct bomb {
    static const int value = bomb<N - 1>::value + bomb<N - 2>::value + bomb<N - 3>::value * N;
};
template <> struct bomb<0> { static const int value = 1; };
constexpr long burn(long n)
{
    long sum = 0;
    for (long i = 0; i < n; i++)
        for (long j = 0; j < n; j++)
            sum += i ^ j;
    return sum;
}
static_assert(burn(30000) == 1, "never");
int main() { return bomb<100>::value; }
