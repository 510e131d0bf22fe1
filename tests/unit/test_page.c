/* SPDX-License-Identifier: MIT */
/* front/page and front/etag: the files of the page on their way to the front, their names, and what a browser
 * has already. */
#include "runner/front/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/etag.h"
#include "sandbox/base/cleanup.h"
#include "unit.h"

static char *copy(const char *text)
{
    char *made = strdup(text);

    assert_non_null(made);
    return made;
}

/* Two files, of which one is empty. The caller must call pack_deinit(). */
static void pack_two(struct pack *pack)
{
    struct page page = {.files = calloc(2, sizeof(*page.files)), .n = 2};

    assert_non_null(page.files);
    page.files[0] =
        (struct page_file){copy("a.js"), copy("text/javascript"), copy("\"1\""), content_of_text(copy("x"))};
    page.files[1] =
        (struct page_file){copy("b.css"), copy("text/css"), copy("\"2\""), content_of_text(copy(""))};
    page_pack(pack, &page);
    assert_int_equal(pack_end(pack), 0);
    page_deinit(&page);
}

static void test_files_come_back(void **state)
{
    _cleanup_(pack_deinit) struct pack pack = {0};
    struct page page = {.n = 0};

    (void)state;
    pack_two(&pack);
    assert_int_equal(page_unpack(pack.data, pack.size, &page), 0);
    assert_int_equal(page.n, 2);
    assert_string_equal(page_find(&page, "a.js")->type, "text/javascript");
    assert_string_equal(page_find(&page, "a.js")->tag, "\"1\"");
    assert_int_equal(page_find(&page, "a.js")->content->text.size, 1);
    assert_int_equal(page_find(&page, "b.css")->content->text.size, 0);
    assert_null(page_find(&page, "a.j"));
    page_deinit(&page);
}

static void test_a_part_of_the_bytes_is_refused(void **state)
{
    _cleanup_(pack_deinit) struct pack pack = {0};

    (void)state;
    pack_two(&pack);
    for (size_t size = 0; size < pack.size; size++) {
        struct page page = {.n = 0};

        assert_int_equal(page_unpack(pack.data, size, &page), -EBADMSG);
        page_deinit(&page);
    }
    /* Any other byte gives other files, or none; nothing that the front could not free. */
    for (size_t at = 0; at < pack.size; at++) {
        struct page page = {.n = 0};

        pack.data[at] ^= 0x5a;
        page_unpack(pack.data, pack.size, &page);
        page_deinit(&page);
        pack.data[at] ^= 0x5a;
    }
}

static void test_names(void **state)
{
    static const struct {
        const char *name;
        bool is_name, has_hash;
    } rows[] = {
        {"exrun.js", true, false},
        {"reserve.css", true, false},
        {"play.html", true, false},
        {"exrun-more-0a1b2c3d.js", true, true},
        {"exrun-text-fr-0123456789abcdef.js", true, true},
        {"monaco-Q3ZX7ABC.css", true, true},
        {"codicon-0A1B2C3D.ttf", true, true},
        {"play-0a1b2c3d.svg", true, true},
        {"exrun-reserved.css", true, false},    /* a word */
        {"exrun-0a1b2c3.js", true, false},      /* too short */
        {"exrun-0a1b2C3d.js", true, false},     /* mixed */
        {"exrun-0a1b2c3d.min.js", true, false}, /* not directly before the ending */
        {"-0a1b2c3d.js", true, true},
        {"", false, false},
        {".js", false, false},
        {".a.js", false, false},
        {"a", false, false},
        {"a.json", false, false},
        {"openapi.json", false, false},
        {"a.js.map", false, false},
        {"a/b.js", false, false},
        {"../a.js", false, false},
        {"a b.js", false, false},
        {"a%.js", false, false},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (page_is_name(rows[i].name) != rows[i].is_name ||
            page_name_has_hash(rows[i].name) != rows[i].has_hash)
            fail_msg("%s", rows[i].name);
}

static void test_tags(void **state)
{
    static const struct {
        const char *list;
        bool is_listed;
    } rows[] = {
        {"\"ab\"", true},         {"W/\"ab\"", true},       {"*", true},        {"\"x\", \"ab\"", true},
        {"\"x\",W/\"ab\"", true}, {"\"ab\" , \"x\"", true}, {"", false},        {"ab", false},
        {"\"abc\"", false},       {"\"a\"", false},         {"\"xab\"", false}, {"\"x\"\"ab\"", false},
        {"w/\"ab\"", false},      {"\"ab\"x", false},       {"**", false},      {",, ,\"ab\"", true},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (etag_is_listed(rows[i].list, "\"ab\"") != rows[i].is_listed)
            fail_msg("%s", rows[i].list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_come_back),
        cmocka_unit_test(test_a_part_of_the_bytes_is_refused),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_tags),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
