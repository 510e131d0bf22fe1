/* SPDX-License-Identifier: MIT */
/* runner/text/expression: an expression is compiled once for many searches, again after many bytes, and finds
 * the same each time. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/expression.h"
#include "unit.h"

static _Atomic size_t n_compiled;

int __real_regcomp(regex_t *regex, const char *text, int flags);
int __wrap_regcomp(regex_t *regex, const char *text, int flags);

int __wrap_regcomp(regex_t *regex, const char *text, int flags)
{
    n_compiled++;
    return __real_regcomp(regex, text, flags);
}

static bool is_found(struct expression *expression, const char *text, regmatch_t groups[EXPRESSION_GROUPS])
{
    return expression_search(expression, text, strlen(text), groups);
}

static void test_searches_share_what_is_compiled(void **state)
{
    struct expression *expression = expression_new("line ([0-9]+)", 0);
    regmatch_t groups[EXPRESSION_GROUPS];

    (void)state;
    n_compiled = 0;
    assert_non_null(expression);
    for (int i = 0; i < 100; i++) {
        assert_true(is_found(expression, "error in line 27:", groups));
        assert_int_equal(groups[0].rm_so, 9);
        assert_int_equal(groups[1].rm_so, 14);
        assert_int_equal(groups[1].rm_eo, 16);
        assert_false(is_found(expression, "error in line x", groups));
    }
    assert_int_equal(n_compiled, 1);
    expression_free(expression);
}

static void test_the_text_ends_where_its_size_says(void **state)
{
    struct expression *expression = expression_new("b$", REG_NEWLINE | REG_NOSUB);
    regmatch_t groups[EXPRESSION_GROUPS];

    (void)state;
    assert_true(expression_search(expression, "ab\ncc", 5, groups));
    assert_true(expression_search(expression, "abcc", 2, groups));
    assert_false(expression_search(expression, "abcc", 4, groups));
    assert_false(expression_search(expression, "ab", 0, groups));
    expression_free(expression);
}

static void test_it_is_compiled_anew_after_many_bytes(void **state)
{
    enum { SIZE = 64 << 10, SEARCHES = 40 };
    struct expression *expression = expression_new("x(y)", 0);
    char *text = malloc(SIZE + 1); /* the sanitizers' regexec() reads to a NUL */
    regmatch_t groups[EXPRESSION_GROUPS];

    (void)state;
    n_compiled = 0;
    assert_non_null(text);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    for (int i = 0; i < SEARCHES; i++)
        assert_false(expression_search(expression, text, SIZE, groups));
    assert_int_equal(n_compiled, SEARCHES / 4);
    assert_true(is_found(expression, "xxy", groups));
    assert_int_equal(groups[1].rm_so, 2);
    free(text);
    expression_free(expression);
}

static void test_an_invalid_one_finds_nothing(void **state)
{
    struct expression *expression = expression_new("a(b", 0);
    regmatch_t groups[EXPRESSION_GROUPS];
    char said[64] = "";

    (void)state;
    assert_int_equal(expression_check(expression, said, sizeof(said)), -EINVAL);
    assert_string_equal(said, "Unmatched ( or \\(");
    assert_false(is_found(expression, "a(b", groups));
    expression_free(expression);
    expression_free(NULL);
}

static void *search_often(void *arg)
{
    regmatch_t groups[EXPRESSION_GROUPS];
    size_t n = 0;

    for (int i = 0; i < 2000; i++)
        n += is_found(arg, "aaab", groups) && groups[1].rm_so == 3;
    return (void *)n;
}

static void test_threads_can_search_together(void **state)
{
    struct expression *expression = expression_new("a+(b)", 0);
    pthread_t threads[4];
    void *n;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, search_often, expression), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], &n), 0);
        assert_int_equal((size_t)n, 2000);
    }
    expression_free(expression);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_searches_share_what_is_compiled),
        cmocka_unit_test(test_the_text_ends_where_its_size_says),
        cmocka_unit_test(test_it_is_compiled_anew_after_many_bytes),
        cmocka_unit_test(test_an_invalid_one_finds_nothing),
        cmocka_unit_test(test_threads_can_search_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
