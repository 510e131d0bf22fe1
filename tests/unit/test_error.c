/* SPDX-License-Identifier: MIT */
/* text/error: an error is filled only once and is cut if it is too long, and its code is returned. */
#include <errno.h>
#include <string.h>

#include "runner/text/error.h"
#include "sandbox/base/fault.h"
#include "unit.h"

static void test_all_members_are_filled(void **state)
{
    struct error err = {0};

    (void)state;
    assert_int_equal(error_set(&err, -EINVAL, EX_DATAERR, "/limits/wall_ms", "must be %d at least", 1),
                     -EINVAL);
    error_hint(&err, "give %d", 5000);
    assert_int_equal(err.code, -EINVAL);
    assert_int_equal(err.status, EX_DATAERR);
    assert_string_equal(err.where, "/limits/wall_ms");
    assert_string_equal(err.what, "must be 1 at least");
    assert_string_equal(err.hint, "give 5000");
}

static void test_too_long_is_cut(void **state)
{
    char text[4096];
    struct error err;

    (void)state;
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    error_set(&err, -EIO, EX_SOFTWARE, text, "%s", text);
    assert_int_equal(strlen(err.where), sizeof(err.where) - 1);
    assert_int_equal(strlen(err.what), sizeof(err.what) - 1);
}

/* A shortage is reported in the same way, wherever it occurred. */
static void test_shortages_are_reported_alike(void **state)
{
    struct error err;

    (void)state;
    error_set(&err, -EMFILE, EX_CONFIG, "bash.json", "can't be opened");
    assert_int_equal(err.status, EX_OSERR);
    assert_non_null(strstr(err.hint, "ulimit -n"));
    error_set(&err, -ENFILE, EX_CONFIG, "bash.json", "can't be opened");
    assert_int_equal(err.status, EX_TEMPFAIL);
    assert_int_equal(error_shortage(&err, -ENOMEM), -ENOMEM);
    assert_int_equal(err.status, EX_TEMPFAIL);
    assert_int_equal(error_shortage(&err, -EMFILE), -EMFILE);
    assert_int_equal(err.status, EX_OSERR);
    assert_true(fault_is_shortage(EMFILE) && !fault_is_shortage(ENOENT));
}

static void test_an_error_is_optional(void **state)
{
    (void)state;
    assert_int_equal(error_memory(NULL), -ENOMEM);
    error_hint(NULL, "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_members_are_filled),
        cmocka_unit_test(test_too_long_is_cut),
        cmocka_unit_test(test_shortages_are_reported_alike),
        cmocka_unit_test(test_an_error_is_optional),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
