/* SPDX-License-Identifier: MIT */
/* base/cleanup.h: values that a scope owns are released, and values that were passed on are not. */
#include <fcntl.h>

#include "sandbox/base/cleanup.h"
#include "unit.h"

static int is_open(int fd)
{
    return fcntl(fd, F_GETFD) >= 0;
}

static void test_scope_closes(void **state)
{
    int number;

    (void)state;
    {
        _cleanup_(fd_closep) int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

        number = fd;
        assert_true(is_open(number));
    }
    assert_false(is_open(number));
}

static void test_stolen_survives(void **state)
{
    int kept;

    (void)state;
    {
        _cleanup_(fd_closep) int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

        kept = fd_steal(&fd);
        assert_int_equal(fd, -1);
    }
    assert_true(is_open(kept));
    fd_closep(&kept);
    assert_int_equal(kept, -1);
    fd_closep(&kept);
}

static void test_stolen_pointer_survives(void **state)
{
    char *kept;

    (void)state;
    {
        _cleanup_(freep) char *text = malloc(8);

        text[0] = 'x';
        kept = steal(text);
        assert_null(text);
    }
    assert_int_equal(kept[0], 'x');
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scope_closes),
        cmocka_unit_test(test_stolen_survives),
        cmocka_unit_test(test_stolen_pointer_survives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
