/* SPDX-License-Identifier: MIT */
/* front/query: only the members that a resource allows, each once, with its value. */
#include "runner/front/query.h"

#include <string.h>

#include "unit.h"

#define INPUT (QUERY_BIT(QUERY_CLOSE) | QUERY_BIT(QUERY_AT))
#define OUTPUT (QUERY_BIT(QUERY_AS) | QUERY_BIT(QUERY_SCRIPTS) | QUERY_BIT(QUERY_KEY))

static const struct {
    const char *text;
    unsigned int allowed;
    bool is_right;
    unsigned int given;
    uint64_t at;
} rows[] = {
    {"lean=1", QUERY_BIT(QUERY_LEAN), true, QUERY_BIT(QUERY_LEAN), 0},
    {"lean=1", INPUT, false, 0, 0},
    {"lean=2", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"lean", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"lean=", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"lean=11", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"lean=1&lean=1", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"lean=1&", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"&lean=1", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"", QUERY_BIT(QUERY_LEAN), false, 0, 0},
    {"close=1&at=5", INPUT, true, INPUT, 5},
    {"at=0&close=1", INPUT, true, INPUT, 0},
    {"at=999999999999999", INPUT, true, QUERY_BIT(QUERY_AT), 999999999999999},
    {"at=1000000000000000", INPUT, false, 0, 0},
    {"at=", INPUT, false, 0, 0},
    {"at=-1", INPUT, false, 0, 0},
    {"at=1x", INPUT, false, 0, 0},
    {"close=1&other=1", INPUT, false, 0, 0},
    {"close=1", 0, false, 0, 0},
    {"as=svg&scripts=1&key=aZ_-9", OUTPUT, true, OUTPUT, 0},
    {"as=htm", OUTPUT, false, 0, 0},
    {"as=html|svg", OUTPUT, false, 0, 0},
    {"as=", OUTPUT, false, 0, 0},
    {"scripts=0", OUTPUT, false, 0, 0},
    {"key=", OUTPUT, false, 0, 0},
    {"key=a&key=a", OUTPUT, false, 0, 0},
    {"key=a", INPUT, false, 0, 0},
};

static void test_a_query_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct query query;

        assert_int_equal(query_read(rows[i].text, rows[i].allowed, &query), rows[i].is_right);
        if (!rows[i].is_right)
            continue;
        assert_int_equal(query.given, rows[i].given);
        assert_int_equal(query.at, rows[i].at);
    }
}

static void test_words_and_texts_are_read(void **state)
{
    static const char text[] = "as=svg&key=a=b&scripts=1";
    struct query query;

    (void)state;
    assert_true(query_read(text, OUTPUT, &query));
    assert_int_equal(query.as, QUERY_AS_SVG);
    assert_ptr_equal(query.key, text + strlen("as=svg&key="));
    assert_int_equal(query.key_size, 3);
    assert_true(query_read("as=html", OUTPUT, &query));
    assert_int_equal(query.as, QUERY_AS_HTML);
    assert_null(query.key);
}

static void test_what_is_allowed_is_described(void **state)
{
    char text[64];

    (void)state;
    query_describe(INPUT, text, sizeof(text));
    assert_string_equal(text, "close=1&at=NUMBER");
    query_describe(OUTPUT, text, sizeof(text));
    assert_string_equal(text, "as=html|svg&scripts=1&key=TEXT");
    query_describe(OUTPUT, text, 9);
    assert_string_equal(text, "as=html|");
    query_describe(0, text, sizeof(text));
    assert_string_equal(text, "");
    query_describe(INPUT, text, 4);
    assert_string_equal(text, "clo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_query_is_read),
        cmocka_unit_test(test_words_and_texts_are_read),
        cmocka_unit_test(test_what_is_allowed_is_described),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
