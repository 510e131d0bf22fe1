/* SPDX-License-Identifier: MIT */
/* front/resource_key, resource_url, resource_type: a key opens one resource, a URL can be read back, and only
 * known endings have a type. */
#include <stdio.h>
#include <string.h>

#include "runner/front/connection.h"
#include "runner/front/http_target.h"
#include "runner/front/resource_key.h"
#include "runner/front/resource_type.h"
#include "runner/front/resource_url.h"
#include "unit.h"

static const unsigned char secret[RESOURCE_SECRET_BYTES] = {1, 2, 3};
static const struct resource mine = {"unix:/run/a", "run", 7, "out/a.png"};

static void test_a_key_opens_itself_only(void **state)
{
    char key[RESOURCE_KEY_ROOM];

    (void)state;
    resource_key_make(secret, &mine, key);
    assert_int_equal(strlen(key), RESOURCE_KEY_ROOM - 1);
    assert_int_equal(strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
    assert_true(resource_key_is_right(secret, &mine, key, 43));
    for (size_t bit = 0; bit < 43 * 8; bit++) {
        char other[RESOURCE_KEY_ROOM];

        memcpy(other, key, sizeof(other));
        other[bit / 8] = (char)(other[bit / 8] ^ 1 << bit % 8);
        assert_false(resource_key_is_right(secret, &mine, other, 43));
    }
    for (size_t size = 0; size < 43; size++)
        assert_false(resource_key_is_right(secret, &mine, key, size));
    assert_false(resource_key_is_right(secret, &mine, key, 44));
}

/* Texts that would be the same, one behind the other, are different keys. */
static void test_other_names_have_other_keys(void **state)
{
    static const struct resource others[] = {
        {"unix:/run/ar", "un", 7, "out/a.png"}, {"unix:/run/", "arun", 7, "out/a.png"},
        {"unix:/run/a", "run", 8, "out/a.png"}, {"unix:/run/a", "run", 7, "out/a.pn"},
        {"unix:/run/a", "run", 7, "out/A.png"}, {"unix:/run/a", "run", 7, RESULT_PARTS_OUTPUT},
        {"unix:/run/a", "rut", 7, "out/a.png"}, {"", "run", 7, "out/a.png"}};
    static const unsigned char other[RESOURCE_SECRET_BYTES] = {1, 2, 4};
    char key[RESOURCE_KEY_ROOM];

    (void)state;
    resource_key_make(secret, &mine, key);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        assert_false(resource_key_is_right(secret, &others[i], key, 43));
    assert_false(resource_key_is_right(other, &mine, key, 43));
}

static void test_a_url_can_be_read_back(void **state)
{
    static const char *const paths[] = {"a.png",        "out/a b.png", "100%",  "?key=x#y",
                                        "\xc5\xbc\xff", "a+b&c=d;e",   "~/.x-_"};
    const struct resource_urls urls = {secret, mine};
    char url[RESULT_URL_ROOM], key[RESOURCE_KEY_ROOM], decoded[CONNECTION_PATH_ROOM],
        expected[CONNECTION_PATH_ROOM];

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        struct resource resource = mine;
        struct http_target target;
        size_t size;

        resource.path = paths[i];
        assert_true(resource_url_write(&urls, paths[i], url));
        assert_null(http_target_split((struct http_slice){url, strlen(url)}, &target));
        assert_int_equal(http_decode(target.path, decoded, &size), 0);
        decoded[size] = '\0';
        snprintf(expected, sizeof(expected), "/v1/runs/run/artifacts/%s", paths[i]);
        assert_string_equal(decoded, expected);
        resource_key_make(secret, &resource, key);
        assert_memory_equal(target.query.data, "key=", 4);
        assert_string_equal(target.query.data + 4, key);
    }
    assert_true(resource_url_write(&urls, RESULT_PARTS_OUTPUT, url));
    assert_int_equal(strncmp(url, "/v1/runs/run/output?key=", 24), 0);
}

static void test_what_no_request_can_name_has_no_url(void **state)
{
    const struct resource_urls urls = {secret, mine};
    char path[2 * CONNECTION_PATH_ROOM], url[RESULT_URL_ROOM];

    (void)state;
    assert_false(resource_url_write(&urls, "a\nb", url));
    assert_false(resource_url_write(&urls, "a\x7f", url));
    for (size_t size = 1, n = 0; size < sizeof(path) - 1; size++) {
        memset(path, size % 2 ? 'x' : ' ', size);
        path[size] = '\0';
        if (resource_url_write(&urls, path, url))
            assert_true(strcspn(url, "?") < CONNECTION_PATH_ROOM);
        else
            assert_true(n++ > 0 || size > (CONNECTION_PATH_ROOM - 40) / 3);
    }
    assert_false(resource_url_write(&urls, path, url));
}

static void test_only_known_endings_have_a_type(void **state)
{
    static const struct {
        const char *path, *type;
    } rows[] = {
        {"a.png", "image/png"},
        {"A.PNG", "image/png"},
        {"a.b/c.svg", "image/svg+xml"},
        {"a.html", "text/html; charset=utf-8"},
        {"a.html/b", NULL},
        {"a.png.exe", NULL},
        {"a.", NULL},
        {"png", NULL},
        {"a.js", NULL},
        {"a.css", NULL},
        {"a.xml", NULL},
        {"a.xhtml", NULL},
        {"a.pdf", NULL},
        {"a.png ", NULL},
        {"a.pn", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *type = resource_type_of(rows[i].path);

        if (rows[i].type)
            assert_string_equal(type, rows[i].type);
        else
            assert_null(type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_key_opens_itself_only),
        cmocka_unit_test(test_other_names_have_other_keys),
        cmocka_unit_test(test_a_url_can_be_read_back),
        cmocka_unit_test(test_what_no_request_can_name_has_no_url),
        cmocka_unit_test(test_only_known_endings_have_a_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
