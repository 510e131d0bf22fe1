/* SPDX-License-Identifier: MIT */
/* text/utf8: valid text, and text that may be printed on a terminal. */
#include <stdio.h>

#include "sandbox/base/utf8.h"
#include "unit.h"

static void test_utf8_is_recognized(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        bool is;
    } rows[] = {{"", 0, true},
                {"a\0b", 3, true},
                {"\x1b\x7f", 2, true},
                {"\xc2\x80", 2, true},
                {"\xc3\xbc", 2, true},
                {"\xc3\xbc", 1, false},
                {"\xe2\x82\xac", 3, true},
                {"\xe2\x82\xac", 2, false},
                {"\xff", 1, false},
                {"\xc0\xaf", 2, false},
                {"\xc1\xbf", 2, false},
                {"\x80", 1, false},
                {"\xed\xa0\x80", 3, false},
                {"\xf4\x8f\xbf\xbf", 4, true},
                {"\xf4\x90\x80\x80", 4, false},
                {"\xe0\x80\x80", 3, false},
                {"\xf0\x9f\x98\x80", 4, true},
                {"x\xc2", 2, false},
                {"\xc2", 1, false}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(is_utf8(rows[i].bytes, rows[i].size), rows[i].is);
}

static void test_unprintable_bytes_are_replaced(void **state)
{
    static const char *const rows[][2] = {{"plain", "plain"}, {"\x1b[31m", "?[31m"},    {"a\nb\x7f", "a?b?"},
                                          {"\xc2\x85", "??"}, {"\xc3\xbc", "\xc3\xbc"}, {"\xc3", "?"},
                                          {"\xff\xfe", "??"}, {"\xe2\x82", "??"}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char text[32];

        snprintf(text, sizeof(text), "%s", rows[i][0]);
        make_printable(text);
        assert_string_equal(text, rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_utf8_is_recognized),
                                       cmocka_unit_test(test_unprintable_bytes_are_replaced)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
