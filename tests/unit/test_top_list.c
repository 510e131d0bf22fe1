/* SPDX-License-Identifier: MIT */
/* front/top_list: counts are exact while there is room; after that, what comes often stays, and no count is
 * too low. */
#include "runner/front/top_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void note(struct top_list *list, const char *text, unsigned int times)
{
    while (times-- > 0)
        top_list_note(list, text);
}

static void test_counts_are_exact_while_there_is_room(void **state)
{
    struct top_list list = {.n = 0};
    const struct top_entry *first[8];
    char text[8];

    (void)state;
    assert_int_equal(top_list_first(&list, 8, first), 0);
    for (unsigned int i = 0; i < TOP_LIST_MOST; i++) {
        snprintf(text, sizeof(text), "%u", i);
        note(&list, text, i == 500 ? 9 : i == 7 || i == 60 ? 4 : 1);
    }
    assert_int_equal(top_list_first(&list, 3, first), 3);
    assert_string_equal(first[0]->text, "500");
    assert_string_equal(first[1]->text, "60"); /* before "7" */
    assert_string_equal(first[2]->text, "7");
    assert_int_equal(first[0]->n, 9);
    assert_int_equal(first[2]->n, 4);
    assert_int_equal(first[0]->over, 0);
    top_list_deinit(&list);
}

static void test_what_comes_often_stays(void **state)
{
    struct top_list list = {.n = 0};
    const struct top_entry *first[2];
    char text[16];

    (void)state;
    for (unsigned int i = 0; i < 20 * TOP_LIST_MOST; i++) { /* a client that sends a new label each time */
        snprintf(text, sizeof(text), "new-%u", i);
        note(&list, text, 1);
        if (i % 100 == 0)
            note(&list, "often", 1);
        if (i % 4 == 0 && i > 10 * TOP_LIST_MOST)
            note(&list, "since a while", 1);
    }
    assert_int_equal(list.n, TOP_LIST_MOST);
    assert_int_equal(top_list_first(&list, 2, first), 2);
    assert_string_equal(first[0]->text, "since a while");
    assert_string_equal(first[1]->text, "often");
    for (size_t i = 0; i < 2; i++) {
        const uint64_t came = i == 0 ? 10 * TOP_LIST_MOST / 4 - 1 : 20 * TOP_LIST_MOST / 100;

        assert_true(first[i]->n >= came && first[i]->n - first[i]->over <= came);
    }
    top_list_deinit(&list);
}

static void test_a_long_text_is_cut(void **state)
{
    struct top_list list = {.n = 0};
    const struct top_entry *first[2];
    char text[2 * TOP_LIST_TEXT_ROOM];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    note(&list, text, 2);
    assert_int_equal(top_list_first(&list, 2, first), 1);
    assert_int_equal(strlen(first[0]->text), TOP_LIST_TEXT_ROOM - 1);
    assert_int_equal(first[0]->n, 2);
    top_list_deinit(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_are_exact_while_there_is_room),
        cmocka_unit_test(test_what_comes_often_stays),
        cmocka_unit_test(test_a_long_text_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
