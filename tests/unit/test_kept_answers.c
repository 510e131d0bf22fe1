/* SPDX-License-Identifier: MIT */
/* front/kept_answers: the answers that are kept, and when they leave. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/kept_answers.h"
#include "sandbox/base/cleanup.h"
#include "unit.h"

static uint64_t size_of_one; /* by which an answer of 1,000 bytes with a short name counts */

static int keep_sized(struct kept_answers *kept, const char *id, size_t size, uint64_t ended_ns,
                      uint64_t most)
{
    _cleanup_(content_unrefp) struct content *content = content_new();
    _cleanup_(freep) char *bytes = calloc(1, size);
    int r;

    assert_non_null(content);
    assert_non_null(bytes);
    assert_int_equal(growing_add(&content->text, bytes, size), 0);
    growing_fit(&content->text);
    r = kept_answers_add(
        kept, &(struct kept_answer){.principal = "p", .id = id, .content = content, .ended_ns = ended_ns},
        most);
    return r;
}

static void keep(struct kept_answers *kept, const char *id, uint64_t ended_ns, uint64_t most)
{
    assert_int_equal(keep_sized(kept, id, 1000, ended_ns, most), 0);
}

/* Writes the IDs that are kept, the oldest one first. */
static const char *list(const struct kept_answers *kept)
{
    static char text[256];
    const struct kept_answer *answer;

    *text = '\0';
    TAILQ_FOREACH(answer, &kept->answers, entry)
    {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s ", answer->id);
        assert_ptr_equal(kept_answers_find(kept, "p", answer->id), answer);
    }
    return text;
}

static int measure(void **state)
{
    struct kept_answers kept;

    (void)state;
    kept_answers_init(&kept);
    keep(&kept, "x", 1, UINT64_MAX);
    size_of_one = kept.bytes;
    kept_answers_deinit(&kept);
    assert_in_range(size_of_one, 1001, 2000);
    return 0;
}

static void test_each_principal_has_its_own(void **state)
{
    _cleanup_(content_unrefp) struct content *content = content_of_text(strdup("text"));
    struct kept_answers kept;

    (void)state;
    kept_answers_init(&kept);
    for (size_t i = 0; i < 4; i++) {
        char id[2] = {(char)('a' + i % 2), 0}, principal[2] = {(char)('p' + i / 2), 0};
        struct kept_answer given = {
            .principal = principal, .id = id, .digest = {(unsigned char)i}, .content = content};

        assert_int_equal(kept_answers_add(&kept, &given, UINT64_MAX), 0);
    }
    assert_int_equal(content->n_references, 5);
    assert_int_equal(kept.n, 4);
    assert_int_equal(kept_answers_find(&kept, "q", "a")->digest[0], 2);
    assert_int_equal(kept_answers_find(&kept, "p", "b")->digest[0], 1);
    assert_null(kept_answers_find(&kept, "r", "a"));
    assert_null(kept_answers_find(&kept, "p", "c"));
    assert_string_equal(kept_answers_next(&kept, "", "a")->principal, "p");
    assert_string_equal(kept_answers_next(&kept, "p", "a")->principal, "q");
    assert_int_equal(kept_answers_next(&kept, "p", "b")->digest[0], 3);
    assert_null(kept_answers_next(&kept, "q", "a"));
    assert_null(kept_answers_next(&kept, "", "c"));
    assert_null(kept_answers_next(&kept, "", ""));
    kept_answers_drop(&kept, kept_answers_find(&kept, "q", "a"));
    assert_null(kept_answers_next(&kept, "p", "a"));
    assert_null(kept_answers_find(&kept, "q", "a"));
    assert_non_null(kept_answers_find(&kept, "p", "a"));
    kept_answers_deinit(&kept);
    assert_int_equal(kept.bytes, 0);
    assert_int_equal(kept.n, 0);
    assert_int_equal(content->n_references, 1);
}

/* A thousand empty artifacts take memory, too. */
static void test_parts_count(void **state)
{
    _cleanup_(content_unrefp) struct content *content = content_of_text(strdup("text"));
    struct kept_answer given = {.principal = "p", .id = "a", .content = content};
    struct json_content contents[1001] = {{.name = NULL}};
    struct kept_answers kept;
    uint64_t without;

    (void)state;
    for (size_t i = 1; i < 1001; i++)
        contents[i].name = "123456789";
    kept_answers_init(&kept);
    assert_int_equal(kept_answers_add(&kept, &given, UINT64_MAX), 0);
    without = kept.bytes;
    assert_int_equal(result_parts_set(&content->parts, contents, 1001), 0);
    assert_int_equal(content->parts.n, 1000);
    assert_int_equal(kept_answers_add(&kept, &given, UINT64_MAX), 0);
    assert_in_range(kept.bytes - without, 1000 * (sizeof(struct result_part) + 10), 1000 * 100);
    kept_answers_deinit(&kept);
}

static void test_the_oldest_leave_first(void **state)
{
    struct kept_answers kept;

    (void)state;
    kept_answers_init(&kept);
    keep(&kept, "a", 10, 3 * size_of_one);
    keep(&kept, "b", 20, 3 * size_of_one);
    keep(&kept, "c", 30, 3 * size_of_one);
    assert_string_equal(list(&kept), "a b c ");
    keep(&kept, "d", 40, 3 * size_of_one);
    assert_string_equal(list(&kept), "b c d ");
    keep(&kept, "b", 50, 3 * size_of_one); /* again: it is the newest now */
    assert_string_equal(list(&kept), "c d b ");
    kept_answers_expire(&kept, 29);
    assert_string_equal(list(&kept), "c d b ");
    kept_answers_expire(&kept, 30);
    assert_string_equal(list(&kept), "d b ");
    kept_answers_shrink(&kept, 2 * size_of_one - 1);
    assert_string_equal(list(&kept), "b ");
    kept_answers_shrink(&kept, 0);
    assert_string_equal(list(&kept), "");
    kept_answers_deinit(&kept);
}

static void test_an_answer_that_is_too_large_is_not_kept(void **state)
{
    struct kept_answers kept;

    (void)state;
    kept_answers_init(&kept);
    keep(&kept, "a", 10, 2 * size_of_one);
    assert_int_equal(keep_sized(&kept, "b", 2000 + size_of_one, 20, 2 * size_of_one), 0);
    assert_string_equal(list(&kept), "a "); /* and nothing leaves for it */
    assert_int_equal(keep_sized(&kept, "a", 2000 + size_of_one, 30, 2 * size_of_one), 0);
    assert_string_equal(list(&kept), ""); /* an earlier answer would be wrong */
    keep(&kept, "c", 10, size_of_one - 1);
    assert_string_equal(list(&kept), "");
    keep(&kept, "c", 10, size_of_one);
    assert_string_equal(list(&kept), "c ");
    kept_answers_deinit(&kept);
}

static void test_many_empty_ones_are_bounded(void **state)
{
    struct kept_answers kept;
    char id[16];

    (void)state;
    kept_answers_init(&kept);
    for (size_t i = 0; i < 20000; i++) {
        snprintf(id, sizeof(id), "%zu", i);
        assert_int_equal(keep_sized(&kept, id, 1, i, 1 << 20), 0);
        assert_true(kept.bytes <= 1 << 20);
    }
    assert_in_range(kept.n, 1000, 8000);
    assert_non_null(kept_answers_find(&kept, "p", "19999"));
    assert_null(kept_answers_find(&kept, "p", "0"));
    kept_answers_deinit(&kept);
}

static void test_a_content_is_shared(void **state)
{
    struct content *content = content_new();
    struct evbuffer *one = evbuffer_new(), *other = evbuffer_new();
    char text[6000] = {0};

    (void)state;
    assert_non_null(one);
    assert_non_null(other);
    memset(text, 'x', sizeof(text) - 1);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(growing_add(&content->text, text, sizeof(text)), 0);
    growing_fit(&content->text);
    assert_int_equal(content->text.size, 60000);
    assert_int_equal(content->text.room, 60001); /* and the NUL behind it */
    assert_int_equal(content_send(content, one), 0);
    assert_int_equal(content_send(content, other), 0);
    assert_ptr_equal(evbuffer_pullup(one, -1), content->text.data); /* not a copy */
    assert_int_equal(content->n_references, 3);
    evbuffer_drain(one, 60000);
    assert_int_equal(content->n_references, 2);
    content_unref(content);
    assert_int_equal(evbuffer_get_length(other), 60000); /* it outlives its owner */
    assert_memory_equal(evbuffer_pullup(other, -1), text, sizeof(text));
    evbuffer_free(one);
    evbuffer_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_principal_has_its_own),
        cmocka_unit_test(test_parts_count),
        cmocka_unit_test(test_the_oldest_leave_first),
        cmocka_unit_test(test_an_answer_that_is_too_large_is_not_kept),
        cmocka_unit_test(test_many_empty_ones_are_bounded),
        cmocka_unit_test(test_a_content_is_shared),
    };

    return cmocka_run_group_tests(tests, measure, NULL);
}
