/* SPDX-License-Identifier: MIT */
/* plan/version_text: the version is one line of printable ASCII, whatever a program prints. */
#include "sandbox/plan/version_text.h"

#include <string.h>

#include "unit.h"

static void test_the_first_line_is_taken(void **state)
{
    static const struct {
        const char *printed, *version;
    } rows[] = {
        {"1.2", "1.2"},
        {"1.2\n", "1.2"},
        {"\n \t\r\n 1.2 \t\r\nmore", "1.2"},
        {"a b\nc", "a b"},
        {"", ""},
        {" \n\t\r\n", ""},
        {"1\x7f", ""},
        {"1\x1b[31m", ""},
        {"\xc5\xbc", ""},
        {"1\t2", ""},
        {"1.2\n\xff\n", "1.2"},
        {"\xff\n1.2\n", ""},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct bytes output = {(char *)(uintptr_t)rows[i].printed, strlen(rows[i].printed)};
        char version[VERSION_TEXT_ROOM] = "before";

        assert_int_equal(version_text_take(&output, version), *rows[i].version != '\0');
        assert_string_equal(version, rows[i].version);
    }
}

static void test_the_length_is_bounded(void **state)
{
    char text[VERSION_TEXT_MOST + 2], version[VERSION_TEXT_ROOM];

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t size = VERSION_TEXT_MOST - 1; size <= sizeof(text); size++) {
        bool fits = size <= VERSION_TEXT_MOST;

        assert_int_equal(version_text_take(&(struct bytes){text, size}, version), fits);
        assert_int_equal(strlen(version), fits ? size : 0);
        assert_int_equal(version_text_is_fine(text, size), fits);
    }
    assert_false(version_text_is_fine(text, 0));
    assert_false(version_text_take(&(struct bytes){NULL, 0}, version));
    assert_false(version_text_take(&(struct bytes){(char[]){'1', '\0', '2'}, 3}, version));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_line_is_taken),
        cmocka_unit_test(test_the_length_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
