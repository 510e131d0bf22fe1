/* SPDX-License-Identifier: MIT */
/* run/wall_clock: wall time that can stand still. */
#include "sandbox/run/wall_clock.h"

#include <poll.h>

#include "sandbox/base/timing.h"
#include "unit.h"

#define MS UINT64_C(1000000)

/* The clock stands from 10 ms on, for @stands_ms, and meanwhile the program uses CPU time. It may stand for
 * 50 ms in all. After 200 ms, so much of the wall time was used. */
static void test_what_counts(void **state)
{
    static const struct {
        uint64_t stands_ms, cpu_ms, used_ms;
    } rows[] = {{0, 0, 200},   {40, 0, 160}, {40, 15, 175}, {40, 40, 200},
                {40, 90, 200}, {90, 0, 150}, {90, 30, 150}, {90, 60, 170}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        uint64_t started_ns = timing_now_ns(), end_ns = started_ns + (10 + rows[i].stands_ms) * MS;
        struct wall_clock clock = WALL_CLOCK_NONE;

        assert_int_equal(wall_clock_start(&clock, started_ns, 1000), 0);
        assert_int_equal(wall_clock_stand(&clock, started_ns + 10 * MS, 50), 0);
        wall_clock_count(&clock, rows[i].cpu_ms * MS);
        assert_int_equal(wall_clock_go(&clock, end_ns), 0);
        /* While it goes, all of the time counts, so CPU time does not count twice. */
        wall_clock_count(&clock, 100 * MS);
        assert_int_equal(wall_clock_go(&clock, end_ns + 100 * MS), 0);
        assert_int_equal(wall_clock_used_ns(&clock, started_ns + 200 * MS), rows[i].used_ms * MS);
        wall_clock_close(&clock);
    }
}

static void test_it_stands_still_several_times(void **state)
{
    uint64_t started_ns = timing_now_ns();
    struct wall_clock clock = WALL_CLOCK_NONE;

    (void)state;
    assert_int_equal(wall_clock_start(&clock, started_ns, 1000), 0);
    for (uint64_t n = 0; n < 5; n++) {
        assert_int_equal(wall_clock_stand(&clock, started_ns + n * 20 * MS, 50), 0);
        assert_int_equal(wall_clock_go(&clock, started_ns + (n * 20 + 12) * MS), 0);
    }
    assert_int_equal(wall_clock_used_ns(&clock, started_ns + 100 * MS), 50 * MS);
    wall_clock_close(&clock);
}

/* The limit is over long ago, but the clock has an hour to stand still. */
static void test_the_timer_waits_while_it_stands(void **state)
{
    uint64_t started_ns = timing_now_ns() - 5000 * MS;
    struct wall_clock clock = WALL_CLOCK_NONE;
    struct pollfd timer;

    (void)state;
    assert_int_equal(wall_clock_start(&clock, started_ns, 1000), 0);
    timer = (struct pollfd){.fd = clock.timer, .events = POLLIN};
    assert_int_equal(poll(&timer, 1, -1), 1);
    assert_int_equal(wall_clock_stand(&clock, started_ns + 500 * MS, 3600 * 1000), 0);
    assert_int_equal(poll(&timer, 1, 0), 0);
    /* It has stood for 4.5 s, so half a second of the limit is left. */
    assert_int_equal(wall_clock_go(&clock, timing_now_ns()), 0);
    assert_int_equal(poll(&timer, 1, -1), 1);
    assert_true(wall_clock_used_ns(&clock, timing_now_ns()) >= 1000 * MS);
    wall_clock_close(&clock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_counts),
        cmocka_unit_test(test_it_stands_still_several_times),
        cmocka_unit_test(test_the_timer_waits_while_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
