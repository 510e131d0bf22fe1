/* SPDX-License-Identifier: MIT */
/* text/quantity: values that people write after an option. */
#include <errno.h>

#include "runner/text/quantity.h"
#include "unit.h"

static void test_quantities_are_read(void **state)
{
    static const struct {
        const char *text;
        enum limit_unit unit;
        uint64_t value;
    } rows[] = {
        {"5", UNIT_MS, 5000},       {"5s", UNIT_MS, 5000},         {"500ms", UNIT_MS, 500},
        {"0.5", UNIT_MS, 500},      {"1.5s", UNIT_MS, 1500},       {"2m", UNIT_MS, 120000},
        {"4096", UNIT_BYTES, 4096}, {"64K", UNIT_BYTES, 65536},    {"1G", UNIT_BYTES, 1 << 30},
        {"1.5K", UNIT_BYTES, 1536}, {"2MiB", UNIT_BYTES, 2 << 20}, {"32", UNIT_COUNT, 32},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        uint64_t value = 0;

        assert_int_equal(quantity_parse(rows[i].text, rows[i].unit, &value), 0);
        assert_int_equal(value, rows[i].value);
    }
}

static void test_other_texts_are_refused(void **state)
{
    static const struct {
        const char *text;
        enum limit_unit unit;
    } rows[] = {
        {"", UNIT_MS},
        {"-1", UNIT_MS},
        {"+1", UNIT_MS},
        {" 1", UNIT_MS},
        {"1w", UNIT_MS},
        {"inf", UNIT_MS},
        {"0x10", UNIT_COUNT},
        {"1e3", UNIT_COUNT},
        {"1.5", UNIT_COUNT},
        {"1K", UNIT_COUNT},
        {"5s", UNIT_BYTES},
        {"0.1", UNIT_BYTES},
        {"99999999999999999999", UNIT_BYTES},
        {"1 s", UNIT_MS},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        uint64_t value;

        assert_int_equal(quantity_parse(rows[i].text, rows[i].unit, &value), -EINVAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quantities_are_read),
                                       cmocka_unit_test(test_other_texts_are_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
