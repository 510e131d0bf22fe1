/* SPDX-License-Identifier: MIT */
/* base/pause and warden/children: the pause before a process that has failed is started again. */
#include "sandbox/base/pause.h"

#include "sandbox/base/timing.h"
#include "sandbox/warden/children.h"
#include "unit.h"

#define MS UINT64_C(1000000)
#define S (1000 * MS)

static void test_pauses_double_up_to_the_longest(void **state)
{
    static const uint64_t expected_ms[] = {100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000};

    (void)state;
    for (unsigned int n = 0; n < N_ELEMENTS(expected_ms); n++)
        assert_int_equal(pause_ns(n), expected_ms[n] * MS);
    assert_int_equal(pause_ns(UINT32_MAX), 30 * S);
}

/* Lets @child fail @age_ns after its start, and expects a pause of @ms. */
static void fail_after(struct child *child, uint64_t age_ns, uint64_t ms)
{
    uint64_t before_ns = timing_now_ns();

    child->started_ns = before_ns - age_ns;
    child_note_end(child, false);
    assert_true(child->restart_ns >= before_ns + ms * MS);
    assert_true(child->restart_ns <= timing_now_ns() + ms * MS);
}

static void test_each_process_has_pauses_of_its_own(void **state)
{
    struct child one = {.pid = 0}, other = {.pid = 0};

    (void)state;
    for (unsigned int n = 0; n < 4; n++)
        fail_after(&one, 0, UINT64_C(100) << n);
    fail_after(&other, 0, 100);
    fail_after(&one, 60 * S, 100); /* it has lived long enough to count as well */
    fail_after(&one, 0, 200);
    child_note_end(&one, true);
    assert_int_equal(child_pause_ms(&one, timing_now_ns()), 0);
    fail_after(&one, 0, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pauses_double_up_to_the_longest),
        cmocka_unit_test(test_each_process_has_pauses_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
