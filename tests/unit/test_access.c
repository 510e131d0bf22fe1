/* SPDX-License-Identifier: MIT */
/* front/address and front/access: where the service listens, and who may use it. */
#include "runner/front/access.h"

#include <stdio.h>
#include <string.h>

#include "runner/front/address.h"
#include "unit.h"

/* The hash of "one". */
#define ONE "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"

static void test_addresses(void **state)
{
    static const struct {
        const char *address;
        bool is_tcp, is_loopback, is_any;
    } rows[] = {
        {"unix:/run/a", false, true, false},        {"127.0.0.1:80", true, true, false},
        {"127.9.9.9:80", true, true, false},        {"[::1]:80", true, true, false},
        {"0.0.0.0:80", true, false, true},          {"[::]:80", true, false, true},
        {"10.0.0.1:80", true, false, false},        {"[2001:db8::1]:80", true, false, false},
        {"[::ffff:7f00:1]:80", true, false, false},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(address_is_tcp(rows[i].address), rows[i].is_tcp);
        assert_int_equal(address_is_loopback(rows[i].address), rows[i].is_loopback);
        assert_int_equal(address_is_any(rows[i].address), rows[i].is_any);
    }
    assert_true(address_has_ip("[2001:db8::1]:80", "[2001:DB8:0::1]"));
    assert_false(address_has_ip("10.0.0.1:80", "10.0.0.2"));
    assert_false(address_has_ip("10.0.0.1:80", "10.0.0.1:80"));
}

/* Asks for the verdict on a head with these headers, NULL for one that is missing. */
static enum access_verdict ask(const struct access *access, const char *host, const char *origin,
                               const char *authorization)
{
    const struct token *token;
    struct http_request request = {.method = HTTP_POST};

    if (host)
        request.headers[HTTP_HOST] = (struct http_slice){host, strlen(host)};
    if (origin)
        request.headers[HTTP_ORIGIN] = (struct http_slice){origin, strlen(origin)};
    if (authorization)
        request.headers[HTTP_AUTHORIZATION] = (struct http_slice){authorization, strlen(authorization)};
    return access_check(access, &request, &token);
}

static void test_hosts(void **state)
{
    static char name[] = "a.example", ip[] = "10.0.0.9", *names[] = {name, ip, NULL};
    static const struct {
        const char *address;
        char **hosts;
        const char *host;
        enum access_verdict verdict;
    } rows[] = {
        {"127.0.0.1:80", NULL, "127.0.0.1:80", ACCESS_GRANTED},
        {"127.0.0.1:80", NULL, "127.0.0.1", ACCESS_GRANTED},
        {"127.0.0.1:80", NULL, "127.0.0.1:", ACCESS_GRANTED},
        {"127.0.0.1:80", NULL, "LocalHost:99", ACCESS_GRANTED},
        {"127.0.0.1:80", NULL, NULL, ACCESS_GRANTED},
        {"127.0.0.1:80", NULL, "evil.example", ACCESS_WRONG_HOST},
        {"127.0.0.1:80", NULL, "127.0.0.1.evil.example", ACCESS_WRONG_HOST},
        {"127.0.0.1:80", NULL, "127.0.0.2", ACCESS_WRONG_HOST},
        {"127.0.0.1:80", NULL, "", ACCESS_WRONG_HOST},
        {"127.0.0.1:80", NULL, "[::1]", ACCESS_WRONG_HOST},
        {"[::1]:80", NULL, "[::1]:80", ACCESS_GRANTED},
        {"[::1]:80", NULL, "::1", ACCESS_WRONG_HOST},
        {"0.0.0.0:80", NULL, "10.1.2.3:80", ACCESS_GRANTED},
        {"0.0.0.0:80", NULL, "localhost", ACCESS_WRONG_HOST},
        {"0.0.0.0:80", names, "A.Example:443", ACCESS_GRANTED},
        {"10.0.0.1:80", names, "10.0.0.9", ACCESS_GRANTED},
        {"10.0.0.1:80", names, "b.a.example", ACCESS_WRONG_HOST},
        {"unix:/run/a", NULL, "anything", ACCESS_GRANTED},
        {"unix:/run/a", names, "anything", ACCESS_WRONG_HOST},
        {"unix:/run/a", names, "a.example", ACCESS_GRANTED},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct access access = {.address = (char *)(uintptr_t)rows[i].address, .hosts = rows[i].hosts};

        if (ask(&access, rows[i].host, NULL, NULL) != rows[i].verdict)
            fail_msg("%s at %s", rows[i].host, rows[i].address);
    }
}

static void test_origins(void **state)
{
    static char origin[] = "https://a.example", *origins[] = {origin, NULL};
    const struct access open = {.address = (char[]){"unix:/a"}, .origins = origins},
                        closed = {.address = (char[]){"unix:/a"}};

    (void)state;
    assert_int_equal(ask(&open, NULL, NULL, NULL), ACCESS_GRANTED);
    assert_int_equal(ask(&open, NULL, "https://a.example", NULL), ACCESS_GRANTED);
    assert_int_equal(ask(&open, NULL, "https://a.example.evil.example", NULL), ACCESS_FOREIGN_ORIGIN);
    assert_int_equal(ask(&open, NULL, "https://a.exampl", NULL), ACCESS_FOREIGN_ORIGIN);
    assert_int_equal(ask(&open, NULL, "null", NULL), ACCESS_FOREIGN_ORIGIN);
    assert_int_equal(ask(&open, NULL, "", NULL), ACCESS_FOREIGN_ORIGIN);
    assert_int_equal(ask(&closed, NULL, "https://a.example", NULL), ACCESS_FOREIGN_ORIGIN);
}

static void test_the_own_origin(void **state)
{
    static char name[] = "play.example", *names[] = {name, NULL};
    static const struct {
        const char *host, *origin;
        enum access_verdict verdict;
    } rows[] = {
        {"127.0.0.1:7878", "http://127.0.0.1:7878", ACCESS_GRANTED},
        {"localhost:7878", "http://localhost:7878", ACCESS_GRANTED},
        {"LocalHost:7878", "http://localhost:7878", ACCESS_GRANTED},
        {"play.example", "https://play.example", ACCESS_GRANTED},
        {"play.example:443", "https://play.example", ACCESS_GRANTED},
        {"play.example:8443", "https://play.example:8443", ACCESS_GRANTED},
        {"play.example", "http://play.example", ACCESS_GRANTED},
        {"play.example:80", "http://play.example", ACCESS_GRANTED},
        /* Another port, scheme or name is another origin. */
        {"127.0.0.1:7878", "http://127.0.0.1:7879", ACCESS_FOREIGN_ORIGIN},
        {"127.0.0.1:7878", "http://127.0.0.1", ACCESS_FOREIGN_ORIGIN},
        {"127.0.0.1:7878", "http://127.0.0.1:78", ACCESS_FOREIGN_ORIGIN},
        {"127.0.0.1:7878", "http://localhost:7878", ACCESS_FOREIGN_ORIGIN},
        {"localhost", "https://localhost", ACCESS_FOREIGN_ORIGIN}, /* not one of @hosts */
        {"127.0.0.1:7878", "https://127.0.0.1:7878", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "https://play.example:8443", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "https://play.example.evil.example", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "https://evil.example", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "ws://play.example", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "null", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "http://", ACCESS_FOREIGN_ORIGIN},
        {"play.example", "play.example", ACCESS_FOREIGN_ORIGIN},
        {NULL, "http://127.0.0.1:7878", ACCESS_FOREIGN_ORIGIN},
        /* A name that leads here by DNS is not one of ours, whatever the origin is. */
        {"evil.example:7878", "http://evil.example:7878", ACCESS_WRONG_HOST},
    };
    const struct access with = {.address = (char[]){"127.0.0.1:7878"}, .hosts = names, .has_page = true},
                        without = {.address = (char[]){"127.0.0.1:7878"}, .hosts = names};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (ask(&with, rows[i].host, rows[i].origin, NULL) != rows[i].verdict)
            fail_msg("%s at %s", rows[i].origin, rows[i].host);
        if (ask(&without, rows[i].host, rows[i].origin, NULL) == ACCESS_GRANTED)
            fail_msg("%s at %s, without a page", rows[i].origin, rows[i].host);
    }
    assert_int_equal(ask(&(struct access){.address = (char[]){"[::1]:7878"}, .has_page = true}, "[::1]:7878",
                         "http://[::1]:7878", NULL),
                     ACCESS_GRANTED);
    assert_false(access_lists(&with, (struct http_slice){"http://localhost:7878", 21}));
}

static void test_tokens(void **state)
{
    static const char text[] = "a sha256:" ONE "\n";
    struct access access = {.address = (char[]){"127.0.0.1:80"}, .wants_token = true};
    char large[1024];

    (void)state;
    assert_int_equal(tokens_read("tokens", text, sizeof(text) - 1, &access.tokens, NULL), 0);
    assert_int_equal(ask(&access, NULL, NULL, "Bearer one"), ACCESS_GRANTED);
    assert_int_equal(ask(&access, NULL, NULL, "bEARER one"), ACCESS_GRANTED);
    assert_int_equal(ask(&access, NULL, NULL, NULL), ACCESS_NO_TOKEN);
    assert_int_equal(ask(&access, NULL, NULL, "Basic one"), ACCESS_NO_TOKEN);
    assert_int_equal(ask(&access, NULL, NULL, "Bearer"), ACCESS_NO_TOKEN);
    assert_int_equal(ask(&access, NULL, NULL, "Bearer on"), ACCESS_WRONG_TOKEN);
    assert_int_equal(ask(&access, NULL, NULL, "Bearer one "), ACCESS_WRONG_TOKEN);
    assert_int_equal(ask(&access, NULL, NULL, "Bearer " ONE), ACCESS_WRONG_TOKEN);
    snprintf(large, sizeof(large), "Bearer %0*d", 600, 0);
    assert_int_equal(ask(&access, NULL, NULL, large), ACCESS_WRONG_TOKEN);
    assert_int_equal(ask(&access, "evil.example", NULL, "Bearer one"), ACCESS_WRONG_HOST);
    tokens_deinit(&access.tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),      cmocka_unit_test(test_hosts),  cmocka_unit_test(test_origins),
        cmocka_unit_test(test_the_own_origin), cmocka_unit_test(test_tokens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
