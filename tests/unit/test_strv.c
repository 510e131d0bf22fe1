/* SPDX-License-Identifier: MIT */
/* base/strv: lists of strings. */
#include <errno.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "unit.h"

static void test_a_list_is_built_and_searched(void **state)
{
    _cleanup_(strv_freep) char **list = NULL;

    (void)state;
    assert_int_equal(strv_length(list), 0);
    assert_false(strv_has(list, "one"));
    assert_int_equal(strv_add(&list, "one"), 0);
    assert_int_equal(strv_add(&list, "P*"), 0);
    assert_int_equal(strv_take(&list, NULL), -ENOMEM);
    assert_int_equal(strv_length(list), 2);
    assert_true(strv_has(list, "one"));
    assert_false(strv_has(list, "on"));
    assert_true(strv_matches((const char *const *)list, "PHP"));
    assert_false(strv_matches((const char *const *)list, "XPHP"));
    assert_null(list[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_list_is_built_and_searched)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
