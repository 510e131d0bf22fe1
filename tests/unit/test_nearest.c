/* SPDX-License-Identifier: MIT */
/* text/nearest: the nearest word. */
#include "runner/text/nearest.h"

#include "unit.h"

static void test_distances_count_changes(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {{"", "", 0},          {"a", "", 1},       {"", "abc", 3},          {"run", "run", 0},
                {"rnu", "run", 1},    {"runn", "run", 1}, {"clena", "clean", 1},   {"docter", "doctor", 1},
                {"php", "python", 4}, {"ca", "abc", 3},   {"kitten", "sitting", 3}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(nearest_distance(rows[i].a, rows[i].b), rows[i].distance);
        assert_int_equal(nearest_distance(rows[i].b, rows[i].a), rows[i].distance);
    }
}

static void test_the_nearest_word_is_found(void **state)
{
    static const char *const known[] = {"run", "doctor", "clean", "profile", "help", "version"};
    static const struct {
        const char *typed, *meant;
    } rows[] = {{"rnu", "run"},
                {"cleen", "clean"},
                {"profiel", "profile"},
                {"dcotr", "doctor"},
                {"hepl", "help"},
                {"x", NULL},
                {"", NULL},
                {"serve", NULL},
                {"runner!", NULL},
                {"a word that is longer than any that there is", NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct nearest nearest;

        nearest_init(&nearest, rows[i].typed);
        for (size_t j = 0; j < sizeof(known) / sizeof(*known); j++)
            nearest_offer(&nearest, known[j]);
        if (rows[i].meant)
            assert_string_equal(nearest.word, rows[i].meant);
        else
            assert_null(nearest.word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_distances_count_changes),
                                       cmocka_unit_test(test_the_nearest_word_is_found)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
