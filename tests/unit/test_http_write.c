/* SPDX-License-Identifier: MIT */
/* front/http_write: heads of answers, and problems. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "runner/front/http_write.h"
#include "unit.h"

#define FIXED "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"

static void test_heads(void **state)
{
    static const struct {
        struct http_answer answer;
        const char *expected;
    } rows[] = {
        {{.status = 200, .type = "application/json", .content_bytes = 12},
         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n" FIXED "\r\n"},
        {{.status = 200, .type = "text/event-stream", .is_stream = true},
         "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
         "X-Accel-Buffering: no\r\n" FIXED "\r\n"},
        {{.status = 204, .closes = true}, "HTTP/1.1 204 No Content\r\nConnection: close\r\n" FIXED "\r\n"},
        {{.status = 304, .headers = {[HTTP_ETAG] = "\"a\"", [HTTP_CACHE_CONTROL] = "no-cache"}},
         "HTTP/1.1 304 Not Modified\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\n"
         "ETag: \"a\"\r\n\r\n"},
        {{.status = 202, .headers = {[HTTP_LOCATION] = "/v1/runs/a", [HTTP_EXRUN_RUN] = "a"}},
         "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n" FIXED
         "Exrun-Run: a\r\nLocation: /v1/runs/a\r\n\r\n"},
        {{.status = 405, .headers = {[HTTP_ALLOW] = "GET, HEAD"}},
         "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n" FIXED "Allow: GET, HEAD\r\n\r\n"},
        {{.status = 503,
          .headers = {[HTTP_RETRY_AFTER] = "1", [HTTP_DATE] = "Sun, 06 Nov 1994 08:49:37 GMT"}},
         "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n" FIXED
         "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 1\r\n\r\n"},
        {{.status = 401, .headers = {[HTTP_WWW_AUTHENTICATE] = "Bearer"}},
         "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n" FIXED "WWW-Authenticate: Bearer\r\n\r\n"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        char head[512];
        ssize_t size = http_write_head(&rows[i].answer, head, sizeof(head));

        assert_int_equal(size, strlen(rows[i].expected));
        assert_memory_equal(head, rows[i].expected, (size_t)size);
        assert_int_equal(http_write_head(&rows[i].answer, head, (size_t)size), size);
        for (size_t room = 0; room < (size_t)size; room++)
            assert_int_equal(http_write_head(&rows[i].answer, head, room), -ENOBUFS);
    }
}

static void test_a_value_cannot_split_a_head(void **state)
{
    static const char *const values[] = {"a\r\nX: b", "a\n", "\r", "a\tb", "\x7f", "\x1b[m"};
    char head[512];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(values); i++) {
        struct http_answer answer = {.status = 200, .type = values[i]};

        assert_int_equal(http_write_head(&answer, head, sizeof(head)), -EINVAL);
        for (size_t header = 0; header < HTTP_N_ANSWER_HEADERS; header++) {
            answer = (struct http_answer){.status = 200};
            answer.headers[header] = values[i];
            assert_int_equal(http_write_head(&answer, head, sizeof(head)), -EINVAL);
            assert_int_equal(
                http_write_problem(&answer, &(struct http_problem){.detail = ""}, head, sizeof(head)),
                -EINVAL);
        }
    }
}

static void test_every_status_of_the_contract_has_a_title(void **state)
{
    static const unsigned int statuses[] = {200, 202, 204, 304, 400, 401, 403, 404, 405, 408, 409, 411,
                                            413, 414, 415, 417, 421, 422, 429, 431, 500, 503, 505};
    static const unsigned int others[] = {0, 100, 201, 302, 402, 506, 2000};
    char head[512];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(statuses); i++)
        assert_non_null(http_title(statuses[i]));
    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        struct http_answer answer = {.status = others[i]};

        assert_null(http_title(others[i]));
        assert_int_equal(http_write_head(&answer, head, sizeof(head)), -EINVAL);
        assert_int_equal(
            http_write_problem(&answer, &(struct http_problem){.detail = ""}, head, sizeof(head)), -EINVAL);
    }
}

static void test_a_problem(void **state)
{
    static const char expected[] =
        "HTTP/1.1 422 Unprocessable Content\r\nContent-Type: application/problem+json\r\n"
        "Content-Length: 127\r\nConnection: close\r\n" FIXED "\r\n"
        "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,"
        "\"detail\":\"is not a \\\"profile\\\"\\\\?\",\"pointer\":\"/profile/\xc3\xa9?\"}";
    static const struct http_answer answer = {
        .status = 422, .closes = true, .is_stream = true, .type = "text/plain", .content_bytes = 1};
    struct http_problem problem = {.detail = "is not a \"profile\"\\\n", .pointer = "/profile/\xc3\xa9\xc3"};
    size_t head_size = (size_t)(strstr(expected, "\r\n\r\n") + 4 - expected);
    char text[512];

    (void)state;
    assert_int_equal(http_write_problem(&answer, &problem, text, sizeof(text)), strlen(expected));
    assert_memory_equal(text, expected, strlen(expected));
    for (size_t room = 0; room < strlen(expected); room++)
        assert_int_equal(http_write_problem(&answer, &problem, text, room), -ENOBUFS);
    assert_int_equal(http_write_problem(&answer, &problem, text, strlen(expected)), strlen(expected));
    problem.is_head = true;
    memset(text, 0, sizeof(text));
    assert_int_equal(http_write_problem(&answer, &problem, text, sizeof(text)), head_size);
    assert_int_equal(strlen(text), head_size);
    assert_memory_equal(text, expected, head_size);
}

static void test_a_problem_without_a_pointer(void **state)
{
    static const struct http_answer answer = {.status = 404};
    static const struct http_problem problem = {.detail = "there is no such run"};
    char text[512];
    ssize_t size = http_write_problem(&answer, &problem, text, sizeof(text) - 1);
    json_t *object;

    (void)state;
    assert_true(size > 0);
    text[size] = '\0';
    object = json_loads(strstr(text, "\r\n\r\n") + 4, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_object_size(object), 4);
    assert_string_equal(json_string_value(json_object_get(object, "title")), "Not Found");
    assert_int_equal(json_integer_value(json_object_get(object, "status")), 404);
    assert_string_equal(json_string_value(json_object_get(object, "detail")), problem.detail);
    json_decref(object);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_a_value_cannot_split_a_head),
        cmocka_unit_test(test_every_status_of_the_contract_has_a_title),
        cmocka_unit_test(test_a_problem),
        cmocka_unit_test(test_a_problem_without_a_pointer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
