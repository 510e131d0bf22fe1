/* SPDX-License-Identifier: MIT */
/* front/latency: quantiles are as exact as promised, and old requests are forgotten. */
#include "runner/front/latency.h"
#include "unit.h"

#define SECOND_NS UINT64_C(1000000000)
#define START_NS (12345 * SECOND_NS + 1)

static void test_nothing_is_zero(void **state)
{
    struct latency latency = {0};

    (void)state;
    assert_int_equal(latency_count(&latency, START_NS), 0);
    assert_int_equal(latency_per_minute(&latency, START_NS), 0);
    assert_int_equal(latency_quantile_us(&latency, START_NS, 500), 0);
    assert_int_equal(latency_quantile_us(&latency, 0, 990), 0);
}

static void test_a_time_is_at_most_an_eighth_too_high(void **state)
{
    const uint64_t most = (UINT64_C(1) << 34) - 1;

    (void)state;
    for (uint64_t us = 0; us < most; us += us / 1000 + 1) {
        struct latency latency = {0};
        uint64_t told;

        latency_note(&latency, START_NS, us);
        told = latency_quantile_us(&latency, START_NS, 1);
        assert_true(told >= us && told <= us + us / 8);
        assert_true(latency_quantile_us(&latency, START_NS, 1000) == told);
    }
}

static void test_a_time_beyond_the_last_bucket_is_counted_in_it(void **state)
{
    struct latency latency = {0};

    (void)state;
    latency_note(&latency, START_NS, UINT64_MAX);
    assert_true(latency_quantile_us(&latency, START_NS, 500) == (UINT64_C(1) << 34) - 1);
}

static void test_quantiles(void **state)
{
    struct latency latency = {0};

    (void)state;
    for (uint64_t i = 1; i <= 100; i++)
        latency_note(&latency, START_NS + i * SECOND_NS, i <= 98 ? 5 : 100000);
    assert_int_equal(latency_count(&latency, START_NS + 100 * SECOND_NS), 100);
    assert_int_equal(latency_quantile_us(&latency, START_NS + 100 * SECOND_NS, 500), 5);
    assert_int_equal(latency_quantile_us(&latency, START_NS + 100 * SECOND_NS, 980), 5);
    assert_in_range(latency_quantile_us(&latency, START_NS + 100 * SECOND_NS, 990), 100000, 112500);
}

static void test_what_is_older_than_five_minutes_is_forgotten(void **state)
{
    struct latency latency = {0};

    (void)state;
    latency_note(&latency, START_NS, 1);
    assert_int_equal(latency_count(&latency, START_NS + 289 * SECOND_NS), 1);
    assert_int_equal(latency_count(&latency, START_NS + 300 * SECOND_NS), 0);
    /* Its slot is used again. */
    latency_note(&latency, START_NS + 300 * SECOND_NS, 2);
    assert_int_equal(latency_count(&latency, START_NS + 300 * SECOND_NS), 1);
    assert_int_equal(latency_quantile_us(&latency, START_NS + 300 * SECOND_NS, 500), 2);
    assert_int_equal(latency_count(&latency, UINT64_MAX), 0);
}

static void test_the_rate_is_that_of_the_last_minute(void **state)
{
    struct latency latency = {0};

    (void)state;
    for (uint64_t second = 0; second < 200; second++)
        for (int i = 0; i < 2; i++)
            latency_note(&latency, second * SECOND_NS, 1);
    assert_int_equal(latency_per_minute(&latency, 200 * SECOND_NS), 120);
    assert_in_range(latency_per_minute(&latency, 195 * SECOND_NS), 120, 132);
    assert_int_equal(latency_per_minute(&latency, 300 * SECOND_NS), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_zero),
        cmocka_unit_test(test_a_time_is_at_most_an_eighth_too_high),
        cmocka_unit_test(test_a_time_beyond_the_last_bucket_is_counted_in_it),
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_what_is_older_than_five_minutes_is_forgotten),
        cmocka_unit_test(test_the_rate_is_that_of_the_last_minute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
