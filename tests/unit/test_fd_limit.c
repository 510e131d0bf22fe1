/* SPDX-License-Identifier: MIT */
/* run/fd_limit: both ways of counting return the same number. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/run/fd_limit.h"
#include "unit.h"

static void test_entries_are_counted(void **state)
{
    uint64_t before = fd_limit_entries("/proc/self/fd");
    int fds[3];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(fds); i++)
        fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_int_equal(fd_limit_entries("/proc/self/fd"), before + N_ELEMENTS(fds));
    for (size_t i = 0; i < N_ELEMENTS(fds); i++)
        close(fds[i]);
    assert_int_equal(fd_limit_entries("/none"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_entries_are_counted)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
