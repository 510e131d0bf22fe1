/* SPDX-License-Identifier: MIT */
/* front/query: only the members that a resource allows, each once, with its value. */
#include "runner/front/query.h"
#include "unit.h"

#define INPUT (QUERY_BIT(QUERY_CLOSE) | QUERY_BIT(QUERY_AT))

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

static void test_what_is_allowed_is_described(void **state)
{
    char text[64];

    (void)state;
    query_describe(INPUT, text, sizeof(text));
    assert_string_equal(text, "close=1&at=NUMBER");
    query_describe(0, text, sizeof(text));
    assert_string_equal(text, "");
    query_describe(INPUT, text, 4);
    assert_string_equal(text, "clo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_query_is_read),
        cmocka_unit_test(test_what_is_allowed_is_described),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
