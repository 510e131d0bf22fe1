/* SPDX-License-Identifier: MIT */
/* front/http_read: each rule of RFC 9112 that exrun decided, as a row. */
#include <errno.h>
#include <string.h>

#include "runner/front/http_read.h"
#include "unit.h"

#define HOST "Host: localhost\r\n"
#define GET "GET / HTTP/1.1\r\n" HOST
#define POST "POST /v1/runs HTTP/1.1\r\n" HOST

/* A whole head, or its start. @size: 0 if it is a string. @status: 0 if it is a request. */
struct row {
    const char *head;
    unsigned int status;
    size_t size;
};

static const struct row request_lines[] = {
    {GET "\r\n", 0},
    {"\r\n" GET "\r\n", 0},
    {"\r\n\r\n" GET "\r\n", 400},
    {"\n" GET "\r\n", 400},
    {"HEAD / HTTP/1.1\r\n" HOST "\r\n", 0},
    {"DELETE / HTTP/1.1\r\n" HOST "\r\n", 0},
    {"OPTIONS / HTTP/1.1\r\n" HOST "\r\n", 0},
    {"BREW / HTTP/1.1\r\n" HOST "\r\n", 0}, /* the caller answers with 405 */
    {"get / HTTP/1.1\r\n" HOST "\r\n", 0},  /* likewise, because methods have a case */
    {"G(T / HTTP/1.1\r\n", 400},
    {" GET / HTTP/1.1\r\n", 400},
    {"GET  / HTTP/1.1\r\n", 400},
    {"GET /  HTTP/1.1\r\n", 400},
    {"GET / HTTP/1.1 \r\n", 400},
    {"GET\t/ HTTP/1.1\r\n", 400},
    {"GET /\r\n", 400},
    {"GET\r\n", 400},
    {"GET \r\n", 400},
    {"GET / http/1.1\r\n", 400},
    {"GET / HTTP/1.10\r\n", 400},
    {"GET / HTTP/1,1\r\n", 400},
    {"GET / HTTP/x.1\r\n", 400},
    {"GET / HTTP/1.1x\r\n", 400},
    {"GET / HTTP/1.2\r\n", 505},
    {"GET / HTTP/0.9\r\n", 505},
    {"PRI * HTTP/2.0\r\n", 505},
    {"GET / HTTP/1.1\n", 400},
    {"GET / HTTP/1.1\r\r\n", 400},
    {"GET /\x01 HTTP/1.1\r\n", 400},
    {"\x16\x03\x01", 400}, /* TLS on a port without it is answered before the line ends */
};

static const struct row targets[] = {
    {"GET /a/b?c=d&e HTTP/1.0\r\n\r\n", 0},
    {"GET /a?b?c/d HTTP/1.0\r\n\r\n", 0},
    {"GET /a%20b/%c3%A9?x=%2F%25 HTTP/1.0\r\n\r\n", 0},
    {"GET /.../..a/a.. HTTP/1.0\r\n\r\n", 0},
    {"GET //a// HTTP/1.0\r\n\r\n", 0},
    {"GET http://localhost/ HTTP/1.1\r\n", 400},
    {"OPTIONS * HTTP/1.1\r\n", 400},
    {"CONNECT localhost:80 HTTP/1.1\r\n", 400},
    {"GET ?a HTTP/1.1\r\n", 400},
    {"GET /a#b HTTP/1.1\r\n", 400},
    {"GET /a\\b HTTP/1.1\r\n", 400},
    {"GET /a\"b HTTP/1.1\r\n", 400},
    {"GET /?a=[] HTTP/1.1\r\n", 400},
    {"GET /\xc3\xa9 HTTP/1.1\r\n", 400},
    {"GET /% HTTP/1.1\r\n", 400},
    {"GET /%4 HTTP/1.1\r\n", 400},
    {"GET /%4/ HTTP/1.1\r\n", 400},
    {"GET /%4?41 HTTP/1.1\r\n", 400},
    {"GET /%g1 HTTP/1.1\r\n", 400},
    {"GET /?%1g HTTP/1.1\r\n", 400},
    {"GET /%00 HTTP/1.1\r\n", 400},
    {"GET /%0a HTTP/1.1\r\n", 400},
    {"GET /?%7f HTTP/1.1\r\n", 400},
    {"GET /a%2fb HTTP/1.1\r\n", 400},
    {"GET /. HTTP/1.1\r\n", 400},
    {"GET /../a HTTP/1.1\r\n", 400},
    {"GET /a/.. HTTP/1.1\r\n", 400},
    {"GET /a/%2e./b HTTP/1.1\r\n", 400},
};

static const struct row header_lines[] = {
    {GET "X:\r\n\r\n", 0},
    {GET "X: a\tb \xc3\xa9 \r\n\r\n", 0},
    {GET "X: a\r\nX: b\r\n\r\n", 0},
    {GET "x_y!: a\r\n\r\n", 0},
    {GET "X : a\r\n", 400},
    {GET "X\t: a\r\n", 400},
    {GET ": a\r\n", 400},
    {GET "X\r\n", 400},
    {GET "X y: a\r\n", 400},
    {GET "X(): a\r\n", 400},
    {GET "\xc3\xa9: a\r\n", 400},
    {GET "X: a\r\n b\r\n", 400},
    {GET "X: a\r\n\tb\r\n", 400},
    {GET "X: a\r\n \r\n", 400},
    {"GET / HTTP/1.1\r\n " HOST, 400},
    {GET "X: a\n", 400},
    {GET "\n", 400},
    {GET "X: a\rb\r\n", 400},
    {GET "X: a\r\r\n", 400},
    {GET "X: a\x01\r\n", 400},
    {GET "X: a\x1b[m\r\n", 400},
    {GET "X: a\x7f\r\n", 400},
    {GET "X: a\0b\r\n", 400, sizeof(GET "X: a\0b\r\n") - 1},
    {GET "X\0: a\r\n", 400, sizeof(GET "X\0: a\r\n") - 1},
    {GET "Origin: \xc3\xa9\r\n", 400},
    {GET "Origin: a\r\norigin: a\r\n", 400},
    {GET "Accept: a\r\nACCEPT: b\r\n", 400},
    {GET "Exrun-Client: a\r\nExrun-Client:\r\n", 400},
};

static const struct row known_headers[] = {
    {"GET / HTTP/1.1\r\n\r\n", 400},
    {"GET / HTTP/1.0\r\n\r\n", 0},
    {GET HOST, 400},
    {"GET / HTTP/1.0\r\n" HOST HOST, 400},
    {"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0},
    {"GET / HTTP/1.1\r\nhost:a-b.c_d:80\r\n\r\n", 0},
    {"GET / HTTP/1.1\r\nHost:\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: a/b\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: a..b\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: :80\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: a@b\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: a b\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: a, b\r\n", 400},
    {POST "\r\n", 411},
    {"POST / HTTP/1.0\r\n\r\n", 411},
    {POST "Content-Length: 0\r\n\r\n", 0},
    {POST "content-length:  007 \r\n\r\n", 0},
    {POST "Content-Length: 9223372036854775807\r\n\r\n", 0},
    {POST "Content-Length: 9223372036854775808\r\n", 400},
    {POST "Content-Length: 18446744073709551617\r\n", 400},
    {POST "Content-Length: 99999999999999999999999\r\n", 400},
    {POST "Content-Length:\r\n", 400},
    {POST "Content-Length:\t1\r\n", 400},
    {POST "Content-Length: 1\t\r\n", 400},
    {POST "Content-Length: +1\r\n", 400},
    {POST "Content-Length: -1\r\n", 400},
    {POST "Content-Length: 1 1\r\n", 400},
    {POST "Content-Length: 1, 1\r\n", 400},
    {POST "Content-Length: 0x1\r\n", 400},
    {POST "Content-Length: 1.0\r\n", 400},
    {POST "Content-Length: \"1\"\r\n", 400},
    {POST "Content-Length: 1\r\nContent-Length: 1\r\n", 400},
    {POST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", 411},
    {POST "Transfer-Encoding: identity\r\n", 411},
    {GET "transfer-encoding:\r\n", 411},
    {GET "Content-Length: 0\r\n\r\n", 0},
    {GET "Content-Length: 1\r\n\r\n", 400},
    {"HEAD / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n", 400},
    {"DELETE / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n", 400},
    {"OPTIONS / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n", 400},
    {"PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n", 0},
    {POST "Expect: 200-ok\r\n", 417},
    {POST "Expect:\r\n", 417},
    {POST "Expect: 100-continue, 100-continue\r\n", 417},
    {GET "Connection: close keep-alive\r\n", 400},
    {GET "Connection: a,\tclose\r\n", 400},
    {GET "Connection: \"close\"\r\n", 400},
};

/* Checks the row's outcome, byte by byte, and again when more bytes follow. */
static void check_row(const struct row *row)
{
    size_t size = row->size ? row->size : strlen(row->head);
    enum http_outcome outcome = HTTP_NEED_MORE, expected = row->status ? HTTP_REFUSED : HTTP_REQUEST;
    struct http_request request;
    char longer[1024];

    for (size_t n = 0; n <= size && outcome == HTTP_NEED_MORE; n++)
        outcome = http_read(row->head, n, &request);
    if (outcome != expected || request.status != row->status)
        fail_msg("outcome %d, status %u (%s) of: %s", (int)outcome, request.status,
                 request.reason ? request.reason : "", row->head);
    assert_true(request.reason ? expected == HTTP_REFUSED : expected == HTTP_REQUEST);
    memcpy(longer, row->head, size);
    memcpy(longer + size, " \r\n\0:", 5);
    assert_int_equal(http_read(longer, size + 5, &request), expected);
    assert_int_equal(request.status, row->status);
    if (expected == HTTP_REQUEST)
        assert_int_equal(request.head_bytes, size);
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_row(&rows[i]);
}

static void test_request_lines(void **state)
{
    (void)state;
    check_rows(request_lines, N_ELEMENTS(request_lines));
}

static void test_targets(void **state)
{
    (void)state;
    check_rows(targets, N_ELEMENTS(targets));
}

static void test_header_lines(void **state)
{
    (void)state;
    check_rows(header_lines, N_ELEMENTS(header_lines));
}

static void test_known_headers(void **state)
{
    (void)state;
    check_rows(known_headers, N_ELEMENTS(known_headers));
}

static void assert_slice(struct http_slice slice, const char *expected)
{
    assert_non_null(slice.data);
    assert_int_equal(slice.size, strlen(expected));
    assert_memory_equal(slice.data, expected, slice.size);
}

static void test_a_request_is_taken_apart(void **state)
{
    static const char head[] = "POST /v1/runs/a/stdin?close=1&at=2 HTTP/1.1\r\n"
                               "Host: localhost:7878\r\nX-Other: 1\r\nCONTENT-TYPE:application/json\r\n"
                               "Authorization:   Bearer a b  \r\nPrefer:\r\nExpect: 100-Continue\r\n"
                               "Content-Length: 42\r\n\r\nbody";
    struct http_request request;

    (void)state;
    assert_int_equal(http_read(head, strlen(head), &request), HTTP_REQUEST);
    assert_int_equal(request.method, HTTP_POST);
    assert_int_equal(request.minor, 1);
    assert_slice(request.target.path, "/v1/runs/a/stdin");
    assert_slice(request.target.query, "close=1&at=2");
    assert_slice(request.headers[HTTP_HOST], "localhost:7878");
    assert_slice(request.headers[HTTP_CONTENT_TYPE], "application/json");
    assert_slice(request.headers[HTTP_AUTHORIZATION], "Bearer a b");
    assert_slice(request.headers[HTTP_PREFER], "");
    assert_null(request.headers[HTTP_ORIGIN].data);
    assert_int_equal(request.head_bytes, strlen(head) - strlen("body"));
    assert_int_equal(request.body_bytes, 42);
    assert_true(request.expects_continue);
    assert_true(request.keeps_alive);
}

static void test_a_query_can_be_empty_or_missing(void **state)
{
    static const char empty[] = "GET /? HTTP/1.0\r\n\r\n", missing[] = "GET / HTTP/1.0\r\n\r\n";
    struct http_request request;

    (void)state;
    assert_int_equal(http_read(empty, strlen(empty), &request), HTTP_REQUEST);
    assert_slice(request.target.query, "");
    assert_int_equal(http_read(missing, strlen(missing), &request), HTTP_REQUEST);
    assert_null(request.target.query.data);
}

static void test_connections_that_stay_open(void **state)
{
    static const struct {
        const char *head;
        bool keeps_alive, expects_continue;
    } rows[] = {
        {GET "\r\n", true, false},
        {GET "Connection: keep-alive\r\n\r\n", true, false},
        {GET "Connection: closed\r\n\r\n", true, false},
        {GET "Connection:\r\n\r\n", true, false},
        {GET "Connection: Close\r\n\r\n", false, false},
        {GET "Connection: keep-alive, , close ,\r\n\r\n", false, false},
        {GET "Connection: close\r\nConnection: keep-alive\r\n\r\n", false, false},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false, false},
        {GET "Expect: 100-continue\r\n\r\n", true, false},
        {POST "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n", true, true},
        {"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", false, false},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct http_request request;

        assert_int_equal(http_read(rows[i].head, strlen(rows[i].head), &request), HTTP_REQUEST);
        assert_int_equal(request.keeps_alive, rows[i].keeps_alive);
        assert_int_equal(request.expects_continue, rows[i].expects_continue);
    }
}

static void test_the_method_is_known_after_a_refusal(void **state)
{
    static const char head[] = "HEAD / HTTP/1.1\r\nHost:\r\n";
    struct http_request request;

    (void)state;
    assert_int_equal(http_read(head, strlen(head), &request), HTTP_REFUSED);
    assert_int_equal(request.method, HTTP_HEAD);
    assert_false(request.keeps_alive);
}

/* Returns the status for a head of @size bytes: @start, and then one part that is filled with "a". */
static unsigned int status_of(const char *start, const char *end, size_t size)
{
    char head[HTTP_HEAD_BYTES + 64];
    struct http_request request;

    assert_true(size <= sizeof(head));
    memset(head, 'a', size);
    memcpy(head, start, strlen(start));
    memcpy(head + size - strlen(end), end, strlen(end));
    return http_read(head, size, &request) == HTTP_NEED_MORE ? 100 : request.status;
}

static void test_bounds_of_the_head(void **state)
{
    (void)state;
    assert_int_equal(status_of(GET "X: ", "\r\n\r\n", HTTP_HEAD_BYTES), 0);
    assert_int_equal(status_of(GET "X: ", "\r\n\r\n", HTTP_HEAD_BYTES + 1), 431);
    assert_int_equal(status_of(GET "X: ", "", HTTP_HEAD_BYTES - 1), 100);
    assert_int_equal(status_of(GET "X: ", "", HTTP_HEAD_BYTES), 431);
    assert_int_equal(status_of("GET /", " HTTP/1.0\r\n\r\n", HTTP_HEAD_BYTES), 0);
    assert_int_equal(status_of("GET /", " HTTP/1.0\r\n\r\n", HTTP_HEAD_BYTES + 2), 431);
    assert_int_equal(status_of("GET /", " HTTP/1.0\r\n\r\n", HTTP_HEAD_BYTES + 3), 414);
    assert_int_equal(status_of("GET /", "", HTTP_HEAD_BYTES - 1), 100);
    assert_int_equal(status_of("GET /", "", HTTP_HEAD_BYTES), 414);
}

static void test_the_size_of_a_target_is_bounded(void **state)
{
    char text[HTTP_HEAD_BYTES + 1];
    struct http_target target;

    (void)state;
    memset(text, '/', sizeof(text));
    assert_null(http_target_split((struct http_slice){text, HTTP_HEAD_BYTES}, &target));
    assert_int_equal(target.path.size, HTTP_HEAD_BYTES);
    assert_non_null(http_target_split((struct http_slice){text, HTTP_HEAD_BYTES + 1}, &target));
}

static void test_the_number_of_headers_is_bounded(void **state)
{
    char head[1024] = GET;
    struct http_request request;

    (void)state;
    for (size_t i = 1; i < HTTP_MOST_HEADERS; i++)
        strcat(head, "X: a\r\n");
    strcat(head, "\r\n");
    assert_int_equal(http_read(head, strlen(head), &request), HTTP_REQUEST);
    strcpy(head + strlen(head) - 2, "X: a\r\n");
    assert_int_equal(http_read(head, strlen(head), &request), HTTP_REFUSED);
    assert_int_equal(request.status, 431);
}

static void test_decoding(void **state)
{
    static const struct {
        const char *text, *decoded; /* NULL: refused */
    } rows[] = {
        {"", ""},      {"a+b", "a+b"}, {"%61%2F%2e", "a/."}, {"%C3%a9", "\xc3\xa9"}, {"%25 41", "% 41"},
        {"%", NULL},   {"%6", NULL},   {"a%6", NULL},        {"%+6", NULL},          {"%0x", NULL},
        {"%00", NULL}, {"%1F", NULL},  {"%7f", NULL},        {"\n", NULL},           {"%%41", NULL},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        char decoded[16];
        size_t size = 99;
        int r = http_decode((struct http_slice){rows[i].text, strlen(rows[i].text)}, decoded, &size);

        assert_int_equal(r, rows[i].decoded ? 0 : -EINVAL);
        if (r == 0)
            assert_slice((struct http_slice){decoded, size}, rows[i].decoded);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_request_lines),
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_header_lines),
        cmocka_unit_test(test_known_headers),
        cmocka_unit_test(test_a_request_is_taken_apart),
        cmocka_unit_test(test_a_query_can_be_empty_or_missing),
        cmocka_unit_test(test_connections_that_stay_open),
        cmocka_unit_test(test_the_method_is_known_after_a_refusal),
        cmocka_unit_test(test_bounds_of_the_head),
        cmocka_unit_test(test_the_size_of_a_target_is_bounded),
        cmocka_unit_test(test_the_number_of_headers_is_bounded),
        cmocka_unit_test(test_decoding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
