/* SPDX-License-Identifier: MIT */
/* plan/limits: the table is complete, and its values and words are used. */
#include "sandbox/plan/limits.h"
#include "unit.h"

static void test_table_is_whole(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct limits), N_LIMITS * sizeof(uint64_t));
    for (int limit = 0; limit < N_LIMITS; limit++) {
        const struct limit_row *row = &limit_rows[limit];

        assert_int_equal(row->offset, (size_t)limit * sizeof(uint64_t));
        assert_true(row->floor > 0 && row->floor <= row->normal && row->normal <= row->most);
        assert_int_equal(limits_find_key(row->key), limit);
        assert_int_equal(limits_find_word(row->word), limit);
        assert_non_null(row->help);
    }
    assert_int_equal(limits_find_key("wall"), -1);
    assert_int_equal(limits_find_word("wall_ms"), -1);
}

static void test_requested_limits_win(void **state)
{
    struct limits asked = {.wall_ms = 7}, normal = limits_normal(), result = limits_or(&asked, &normal);

    (void)state;
    assert_int_equal(result.wall_ms, 7);
    assert_int_equal(result.cpu_ms, normal.cpu_ms);
    assert_int_equal(result.files, normal.files);
}

static void test_limits_out_of_range_are_found(void **state)
{
    struct limits min = limits_floor(), max = limits_most();
    static const struct {
        struct limits asked;
        int first;
    } rows[] = {
        {{0}, -1},
        {{.wall_ms = 60000}, -1},
        {{.wall_ms = 60001}, LIMIT_WALL},
        {{.memory_bytes = 1}, LIMIT_MEMORY},
        {{.files = 65537}, LIMIT_FILES},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_int_equal(limits_first_beyond(&rows[i].asked, &min, &max), rows[i].first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_is_whole),
        cmocka_unit_test(test_requested_limits_win),
        cmocka_unit_test(test_limits_out_of_range_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
