/* SPDX-License-Identifier: MIT */
/* front/pace: how long a refused client should wait. */
#include "runner/front/pace.h"
#include "unit.h"

static void test_retry_after(void **state)
{
    static const struct {
        double run_s;
        size_t waiting, running;
        unsigned int expected;
    } rows[] = {
        {0, 256, 4, 1}, /* no measure yet */
        {0, 0, 0, 1},     {0.05, 0, 4, 1},  {2, 0, 1, 2},
        {0.5, 7, 2, 2},   {0.5, 8, 2, 3}, /* 2.25 s, rounded up */
        {1, 299, 1, 300}, {1, 300, 1, 300}, {1e300, SIZE_MAX, 1, 300},
        {0.1, 0, 0, 300}, /* nothing may run */
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_int_equal(pace_retry_after_s(&(struct pace){rows[i].run_s}, rows[i].waiting, rows[i].running),
                         rows[i].expected);
}

static void test_the_average_follows_the_runs(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 8);
    assert_float_equal(pace.run_s, 8, 1e-9);
    for (size_t i = 0; i < 11; i++)
        pace_note(&pace, 4);
    assert_float_equal(pace.run_s, 6, 0.05);
    for (size_t i = 0; i < 200; i++)
        pace_note(&pace, 0.25);
    assert_float_equal(pace.run_s, 0.25, 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_the_average_follows_the_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
