/* SPDX-License-Identifier: MIT */
/* front/tokens: the tokens file, and whose a token is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/tokens.h"
#include "sandbox/base/cleanup.h"
#include "unit.h"

/* The hashes of "one" and "two". */
#define ONE "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
#define TWO "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"

static int load(const char *text, struct tokens *tokens, struct error *err)
{
    *err = (struct error){0};
    return tokens_read("tokens", text, strlen(text), tokens, err);
}

static void test_a_file_is_read(void **state)
{
    struct tokens tokens;
    struct error err;

    (void)state;
    assert_int_equal(load("# who may come\n\n  site sha256:" ONE "\r\n\tops.2\tsha256:" TWO
                          " admin profiles=php,c++",
                          &tokens, &err),
                     0);
    assert_int_equal(tokens.n, 2);
    assert_string_equal(tokens.items[0].name, "site");
    assert_false(tokens.items[0].is_admin);
    assert_true(token_may_run(&tokens.items[0], "ruby"));
    assert_true(tokens.items[1].is_admin);
    assert_true(token_may_run(&tokens.items[1], "c++"));
    assert_false(token_may_run(&tokens.items[1], "c"));
    tokens_deinit(&tokens);
    assert_int_equal(load("", &tokens, &err), 0);
    assert_int_equal(tokens.n, 0);
    tokens_deinit(&tokens);
}

static void test_a_token_is_found_by_its_hash(void **state)
{
    struct tokens tokens;
    struct error err;
    char text[2 * TOKEN_HASH_BYTES + 1];

    (void)state;
    assert_int_equal(load("a sha256:" ONE "\nb sha256:" TWO "\n", &tokens, &err), 0);
    assert_string_equal(tokens_find(&tokens, "one", 3)->name, "a");
    assert_string_equal(tokens_find(&tokens, "twofold", 3)->name, "b");
    assert_null(tokens_find(&tokens, "twofold", 7));
    assert_null(tokens_find(&tokens, "", 0));
    assert_null(tokens_find(&tokens, ONE, strlen(ONE)));
    token_hash_text("one", text);
    assert_string_equal(text, ONE);
    tokens_deinit(&tokens);
}

static void test_mistakes_name_their_line(void **state)
{
    static const struct {
        const char *text, *where, *what;
    } rows[] = {
        {"site", "tokens:1", "has no valid hash behind the name"},
        {"\nsi/te sha256:" ONE, "tokens:2", "does not begin with a valid name"},
        {"site " ONE, "tokens:1", "has no valid hash behind the name"},
        {"site sha256:" ONE "0", "tokens:1", "has no valid hash behind the name"},
        {"site sha256:g692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", "tokens:1",
         "has no valid hash behind the name"},
        {"site sha256:7692C3AD3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", "tokens:1",
         "has no valid hash behind the name"},
        {"site sha256:" ONE " root", "tokens:1", "has a word that is not known behind the hash"},
        {"site sha256:" ONE " profiles=", "tokens:1", "has an empty name in its list of profiles"},
        {"site sha256:" ONE " profiles=a,,b", "tokens:1", "has an empty name in its list of profiles"},
        {"site sha256:" ONE " profiles=a profiles=b", "tokens:1", "gives the profiles twice"},
        {"a sha256:" ONE "\na sha256:" TWO, "tokens:2", "has a name that another line has"},
        {"a sha256:" ONE "\n#\nb sha256:" ONE, "tokens:3", "has a hash that another line has"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct tokens tokens;
        struct error err;

        assert_int_equal(load(rows[i].text, &tokens, &err), -EINVAL);
        assert_string_equal(err.where, rows[i].where);
        assert_string_equal(err.what, rows[i].what);
        assert_int_equal(err.status, EX_CONFIG);
        assert_true(*err.hint);
        tokens_deinit(&tokens);
    }
}

static void test_too_much_is_refused(void **state)
{
    _cleanup_(freep) char *text = calloc(TOKENS_MOST + 2, 96);
    struct tokens tokens;
    struct error err;

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 5000);
    assert_int_equal(load(text, &tokens, &err), -EINVAL);
    assert_string_equal(err.what, "is too long");
    tokens_deinit(&tokens);
    text[0] = '\0';
    for (size_t i = 0, at = 0; i <= TOKENS_MOST; i++)
        at += (size_t)sprintf(text + at, "n%zu sha256:%064zx\n", i, i);
    assert_int_equal(load(text, &tokens, &err), -EINVAL);
    assert_string_equal(err.where, "tokens:1025");
    tokens_deinit(&tokens);
    assert_int_equal(tokens_read("tokens", "a\0b", 3, &tokens, &err), -EINVAL);
    assert_string_equal(err.what, "contains a NUL");
    tokens_deinit(&tokens);
}

static void test_packed_ones_are_the_same(void **state)
{
    struct tokens before, after = {.items = NULL};
    _cleanup_(pack_deinit) struct pack pack = {0};
    struct error err;

    (void)state;
    assert_int_equal(load("a sha256:" ONE " admin profiles=php\nb sha256:" TWO "\n", &before, &err), 0);
    tokens_pack(&pack, &before);
    assert_int_equal(pack_end(&pack), 0);
    for (size_t size = 0; size <= pack.size; size++) {
        struct pack reading = PACK_READ(pack.data, size);

        tokens_pack(&reading, &after);
        assert_int_equal(pack_end(&reading), size == pack.size ? 0 : -EBADMSG);
        if (size < pack.size)
            tokens_deinit(&after);
    }
    assert_int_equal(after.n, 2);
    assert_string_equal(tokens_find(&after, "one", 3)->profiles[0], "php");
    assert_true(tokens_find(&after, "one", 3)->is_admin);
    assert_null(tokens_find(&after, "two", 3)->profiles);
    tokens_deinit(&before);
    tokens_deinit(&after);
}

static unsigned int n_compared;

/* The linker calls these instead of nettle's and by its name (ld(1), --wrap). */
int __wrap_nettle_memeql_sec(const void *a, const void *b, size_t size);
int __real_nettle_memeql_sec(const void *a, const void *b, size_t size);

int __wrap_nettle_memeql_sec(const void *a, const void *b, size_t size)
{
    n_compared += size == TOKEN_HASH_BYTES;
    return __real_nettle_memeql_sec(a, b, size);
}

/* So that the time says nothing about which one it is, or how much of it is right (CWE-208). */
static void test_all_are_compared_in_a_time_that_does_not_depend_on_them(void **state)
{
    static const char *const secrets[] = {"one", "two", "neither"};
    struct tokens tokens;
    struct error err;

    (void)state;
    assert_int_equal(load("a sha256:" ONE "\nb sha256:" TWO "\n", &tokens, &err), 0);
    for (size_t i = 0; i < 3; i++) {
        n_compared = 0;
        tokens_find(&tokens, secrets[i], strlen(secrets[i]));
        assert_int_equal(n_compared, 2);
    }
    tokens_deinit(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read),
        cmocka_unit_test(test_a_token_is_found_by_its_hash),
        cmocka_unit_test(test_mistakes_name_their_line),
        cmocka_unit_test(test_too_much_is_refused),
        cmocka_unit_test(test_packed_ones_are_the_same),
        cmocka_unit_test(test_all_are_compared_in_a_time_that_does_not_depend_on_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
