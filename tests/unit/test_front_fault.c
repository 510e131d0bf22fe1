/* SPDX-License-Identifier: MIT */
/* front/front_fault: a keeper that was taken over can report any numbers. */
#include <errno.h>

#include "runner/front/front.h"
#include "runner/front/front_fault.h"
#include "unit.h"

static bool is_fine(enum fault_kind kind, uint16_t step, int error, uint32_t index)
{
    static const struct front_keeper keeper = {.profile = FRONT_NO_PROFILE};
    const struct fault fault = {.kind = (uint16_t)kind, .step = step, .error = error, .index = index};

    return front_fault_is_fine(&fault, &keeper);
}

static void test_numbers_are_within_their_tables(void **state)
{
    (void)state;
    assert_true(is_fine(FAULT_NONE, 0, 0, 0));
    assert_true(is_fine(FAULT_STEP, 3, -ENOENT, STAGE_RUN));
    assert_true(is_fine(FAULT_MACHINE, 0, -EOPNOTSUPP, MACHINE_N_NEEDED - 1));
    assert_false(is_fine(FAULT_MACHINE, 0, -EOPNOTSUPP, MACHINE_N_NEEDED));
    assert_true(is_fine(FAULT_PROGRAM, STAGE_RUN, -ENOENT, PROGRAM_DIRECTORY));
    assert_false(is_fine(FAULT_PROGRAM, STAGE_RUN, -ENOENT, PROGRAM_DIRECTORY + 1));
    assert_false(is_fine(FAULT_PROGRAM, STAGE_RUN + 1, -ENOENT, 0));
    assert_false(is_fine(FAULT_RLIMIT, STAGE_RUN, -EPERM, N_RLIMITS));
    assert_false(is_fine(FAULT_POLICY_CALL, 0, -EINVAL, 0)); /* no profile, so no call */
    assert_false(is_fine(FAULT_STEP, 3, -ENOENT, STAGE_RUN + 1));
    assert_false(is_fine(N_FAULT_KINDS, 0, -EINVAL, 0));
    assert_false(is_fine(FAULT_DIED, 0, EPIPE, 0));
    assert_false(is_fine(FAULT_DIED, 0, -100000, 0));
}

static void test_kinds_that_no_keeper_has(void **state)
{
    (void)state;
    for (enum fault_kind kind = FAULT_JOB_LIMIT; kind <= FAULT_JOB_ENV_SIZE; kind++)
        assert_false(is_fine(kind, 0, -EINVAL, 0));
    assert_false(is_fine(FAULT_LISTENER, 0, -EINVAL, 0));
    assert_false(is_fine(FAULT_USERNS_TOOL, 0, -EINVAL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_within_their_tables),
        cmocka_unit_test(test_kinds_that_no_keeper_has),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
