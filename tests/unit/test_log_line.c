/* SPDX-License-Identifier: MIT */
/* front/log_line: the lines of the log. */
#include "runner/front/log_line.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/warden/calls.h"
#include "unit.h"

#define AT_MS UINT64_C(1700000000042) /* 2023-11-14T22:13:20.042Z */

static char line[LOG_LINE_ROOM];

/* Ends the line with a NUL instead of its line feed. */
static const char *ended(ssize_t size)
{
    assert_true(size > 1 && size < LOG_LINE_ROOM);
    assert_int_equal(line[size - 1], '\n');
    line[size - 1] = '\0';
    return line;
}

static void test_a_run(void **state)
{
    struct run_result result = {.verdict = VERDICT_DENIED,
                                .cell = RUN_CELL_READY,
                                .queue_us = 7,
                                .run = {.wall_us = 11,
                                        .facts = {.cpu_us = 12, .memory_peak_bytes = 13},
                                        .output.size = 2,
                                        .errors.size = 3,
                                        .limits_hit = 1U << LIMIT_DISK,
                                        .denied = "ptrace"}};
    const uint32_t reclaim_us = 77;
    struct log_run run = {.id = "a",
                          .principal = "site",
                          .profile = "php",
                          .example = "loops",
                          .client = "0123456789abcdef",
                          .result = &result,
                          .has_begun = true,
                          .request_bytes = 99,
                          .wall_us = 5000};

    (void)state;
    assert_string_equal(
        ended(log_line_run(AT_MS, log_line_run_members(&run), &reclaim_us, line)),
        "{\"at\":\"2023-11-14T22:13:20.042Z\",\"v\":1,\"event\":\"run\",\"id\":\"a\",\"principal\":\"site\","
        "\"profile\":\"php\",\"example\":\"loops\",\"client\":\"0123456789abcdef\",\"verdict\":\"denied\","
        "\"limits_hit\":[\"disk\"],\"denied\":\"ptrace\",\"cell\":\"ready\",\"wall_us\":5000,\"queue_us\":7,"
        "\"prepare_us\":0,\"run_us\":11,\"cpu_us\":12,\"memory_peak_bytes\":13,\"output_bytes\":5,"
        "\"request_bytes\":99,\"reclaim_us\":77}");
    result = (struct run_result){.verdict = VERDICT_COMPILE_FAILED,
                                 .has_compiled = true,
                                 .compile = {.wall_us = 4,
                                             .facts = {.cpu_us = 5, .memory_peak_bytes = 6},
                                             .limits_hit = 1U << LIMIT_CPU}};
    run.example = run.client = NULL;
    assert_string_equal(
        ended(log_line_run(AT_MS, log_line_run_members(&run), NULL, line)),
        "{\"at\":\"2023-11-14T22:13:20.042Z\",\"v\":1,\"event\":\"run\",\"id\":\"a\",\"principal\":\"site\","
        "\"profile\":\"php\",\"example\":null,\"client\":null,\"verdict\":\"compile_failed\","
        "\"limits_hit\":[\"cpu\"],\"denied\":null,\"cell\":\"cold\",\"wall_us\":5000,\"queue_us\":0,"
        "\"prepare_us\":0,\"compile_us\":4,\"run_us\":0,\"cpu_us\":5,\"memory_peak_bytes\":6,"
        "\"output_bytes\":0,\"request_bytes\":99,\"reclaim_us\":null}");
    run.has_begun = false;
    assert_non_null(
        strstr(ended(log_line_run(AT_MS, log_line_run_members(&run), NULL, line)), "\"cell\":null"));
}

/* Whatever a text is, the line is printable ASCII, and a reader gets the text back. */
static void test_texts_are_escaped(void **state)
{
    static const char *const texts[] = {
        "",
        "\"}\n{\"at\":1}",
        "\x1b[2J\x1b]0;title\x07",
        "a\x7f"
        "b\x7f",
        "\x7f",
        "\xc2\x9b"
        "31m", /* a control sequence of one character: U+009B */
        "\xe2\x80\xae"
        "drawkcab",
        "\xf0\x9f\x98\x80",
        "\\u0041\\",
        "\t\r\n",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        const struct log_refusal refusal = {403, "no", "unix:/run/exrun/exrun.sock", texts[i], texts[i]};
        const char *text = ended(log_line_refusal(AT_MS, &refusal, line));
        json_t *object = json_loads(text, 0, NULL);

        for (const char *byte = text; *byte; byte++)
            assert_in_range((unsigned char)*byte, 0x20, 0x7e);
        assert_non_null(object);
        assert_string_equal(json_string_value(json_object_get(object, "id")), texts[i]);
        json_decref(object);
    }
}

static void test_bytes_that_are_not_utf_8(void **state)
{
    const struct log_refusal refusal = {503, "full", "unix:/a\xff\x80.sock", "", NULL};

    (void)state;
    assert_string_equal(
        ended(log_line_refusal(AT_MS, &refusal, line)),
        "{\"at\":\"2023-11-14T22:13:20.042Z\",\"v\":1,\"event\":\"refusal\",\"status\":503,"
        "\"reason\":\"full\",\"listener\":\"unix:/a\?\?.sock\",\"principal\":null,\"id\":null}");
}

static void test_a_text_that_does_not_fit(void **state)
{
    char text[LOG_LINE_ROOM];
    const struct log_refusal refusal = {503, text, "", "", NULL};
    bool has_fitted = false;

    (void)state;
    for (size_t length = LOG_LINE_ROOM - 300; length < sizeof(text); length++) {
        ssize_t size;

        memset(text, 'a', length);
        text[length] = '\0';
        size = log_line_refusal(AT_MS, &refusal, line);
        has_fitted |= size == LOG_LINE_ROOM;
        assert_true(size > 0 ? !has_fitted || size == LOG_LINE_ROOM : size == -ENOBUFS);
    }
    assert_true(has_fitted);
}

static void assert_event(const struct wire_event *event, const char *members)
{
    char expected[LOG_LINE_ROOM];

    snprintf(expected, sizeof(expected), "{\"at\":\"2023-11-14T22:13:20.042Z\",\"v\":1,%s}", members);
    assert_string_equal(ended(log_line_event(event, line)), expected);
}

static void test_events(void **state)
{
    static const struct {
        struct wire_event event;
        const char *members;
    } rows[] = {
        {{.event = WARDEN_KEEPER_STARTED, .slot = 3}, "\"event\":\"keeper_start\",\"slot\":3"},
        {{.event = WARDEN_KEEPER_ENDED, .slot = 3, .number = 9},
         "\"event\":\"keeper_end\",\"slot\":3,\"signal\":9"},
        {{.event = WARDEN_KEEPER_LEFT}, "\"event\":\"keeper_end\",\"slot\":0,\"exit_status\":0"},
        {{.event = WARDEN_FRONT_ENDED, .number = 1 << 8}, "\"event\":\"front_end\",\"exit_status\":1"},
        {{.event = WARDEN_RELOADED}, "\"event\":\"reload\",\"ok\":true"},
        {{.event = WARDEN_CANT_RELOAD, .reason = "a: is \"b\""},
         "\"event\":\"reload\",\"ok\":false,\"reason\":\"a: is \\\"b\\\"\""},
        {{.event = WARDEN_CANT_RELOAD, .number = ENOSPC},
         "\"event\":\"reload\",\"ok\":false,\"reason\":\"No space left on device\""},
        {{.event = WARDEN_CANT_LISTEN, .slot = 2, .number = EACCES},
         "\"event\":\"listen\",\"listener\":2,\"ok\":false,\"reason\":\"Permission denied\""},
        {{.event = WARDEN_KEEPS_KEEPERS, .number = 7},
         "\"event\":\"keepers_kept\",\"n\":7,\"reason\":\"a new number needs a restart\""},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct wire_event event = rows[i].event;

        event.at_ms = AT_MS;
        assert_event(&event, rows[i].members);
    }
}

/* A row that was forgotten would be a NULL. */
static void test_every_event_has_a_line(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < N_WARDEN_LOGGED; i++)
        assert_non_null(
            strstr(ended(log_line_event(&(struct wire_event){.event = i}, line)), "\"event\":\""));
}

static void test_what_could_not_be_reclaimed(void **state)
{
    (void)state;
    assert_string_equal(ended(log_line_unreclaimed(AT_MS, 4, 5, line)),
                        "{\"at\":\"2023-11-14T22:13:20.042Z\",\"v\":1,\"event\":\"unreclaimed\",\"slot\":4,"
                        "\"left\":[\"processes\",\"descriptors\"]}");
}

/* RFC 4231, test case 2 has a short key; with zeros behind it, HMAC has the same one. */
static void test_a_client_has_another_name(void **state)
{
    const char key[WIRE_LOG_KEY_BYTES] = "Jefe";
    char client[LOG_CLIENT_ROOM];

    (void)state;
    log_line_client(key, "what do ya want for nothing?", client);
    assert_string_equal(client, "5bdcc146bf60754e");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run),
        cmocka_unit_test(test_texts_are_escaped),
        cmocka_unit_test(test_bytes_that_are_not_utf_8),
        cmocka_unit_test(test_a_text_that_does_not_fit),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_every_event_has_a_line),
        cmocka_unit_test(test_what_could_not_be_reclaimed),
        cmocka_unit_test(test_a_client_has_another_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
