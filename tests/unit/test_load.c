/* SPDX-License-Identifier: MIT */
/* warden/load: a child that can't load has told why, or the caller must. */
#include "sandbox/warden/load.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "unit.h"

static int refuse(void *arg, const struct load_fds *fds)
{
    (void)arg;
    (void)fds;
    return -EINVAL;
}

static int die(void *arg, const struct load_fds *fds)
{
    (void)fds;
    return raise(*(const int *)arg) == 0 ? 0 : -errno;
}

static int write_nonsense(void *arg, const struct load_fds *fds)
{
    (void)arg;
    return write(fds->profiles, "nonsense", 8) == 8 ? 0 : -errno;
}

static void assert_failure(int (*call)(void *arg, const struct load_fds *fds), int number, int error)
{
    struct fault fault = {0};
    struct load load;

    assert_int_equal(load_profiles(call, &number, &load, &fault), error);
    assert_int_equal(fault.kind, error < 0 ? FAULT_PROFILES : FAULT_NONE);
    assert_int_equal(fault.error, error < 0 ? error : 0);
    assert_null(load.profiles);
    assert_null(load.bytes);
}

static void test_a_child_that_has_told_the_reason(void **state)
{
    (void)state;
    assert_failure(refuse, 0, LOAD_E_TOLD);
}

static void test_a_child_that_died_without_a_word(void **state)
{
    (void)state;
    assert_failure(die, SIGKILL, -EBADMSG);
    assert_failure(die, SIGALRM, -ETIME);
    assert_failure(write_nonsense, 0, -EBADMSG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_child_that_has_told_the_reason),
        cmocka_unit_test(test_a_child_that_died_without_a_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
