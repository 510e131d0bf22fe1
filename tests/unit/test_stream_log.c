/* SPDX-License-Identifier: MIT */
/* Event logs: what a reader is told, and when. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/stream_log.h"
#include "unit.h"

#define MS UINT64_C(1000000)

static struct stream_log log_of_test;

static void append(enum event_kind kind, const char *text, uint64_t ms)
{
    const struct bytes bytes = {.data = (char *)(uintptr_t)text, .size = strlen(text)};

    assert_int_equal(stream_log_append(&log_of_test, kind, &bytes, (100 + ms) * MS), 0);
}

static void cut(uint64_t ms)
{
    assert_int_equal(stream_log_cut(&log_of_test, (100 + ms) * MS), 0);
}

static void add(enum event_kind kind, uint64_t ms)
{
    assert_int_equal(stream_log_add(&log_of_test, kind, 0, (100 + ms) * MS), 0);
}

/* Takes all records from @index on, and compares them: "o:text" of stdout, "e:" of stderr, "s" and "." for
 * the others. */
static void expect(size_t index, const char *expected)
{
    static const char kinds[] = "soer.";
    const struct event_record *record;
    char got[256] = "";

    while ((record = stream_log_take(&log_of_test, index++))) {
        const struct bytes bytes = stream_log_bytes(&log_of_test, record);
        size_t used = strlen(got);

        if (record->kind == EVENT_STDOUT || record->kind == EVENT_STDERR)
            snprintf(got + used, sizeof(got) - used, "%c:%.*s ", kinds[record->kind], (int)bytes.size,
                     bytes.data);
        else
            snprintf(got + used, sizeof(got) - used, "%c ", kinds[record->kind]);
    }
    assert_string_equal(got, expected);
}

static int teardown(void **state)
{
    (void)state;
    stream_log_deinit(&log_of_test);
    return 0;
}

static void test_a_question_comes_before_its_answer_is_asked_for(void **state)
{
    (void)state;
    add(EVENT_STARTED, 0);
    /* No end of the line, and half a character, which waits for its other half. */
    append(EVENT_STDERR, "name? \xc3", 1);
    add(EVENT_READING, 2);
    append(EVENT_STDERR, "\xa9\n", 3);
    expect(0, "s e:name?  r e:\xc3\xa9\n ");
}

static void test_a_record_grows_until_a_reader_has_it(void **state)
{
    (void)state;
    add(EVENT_STARTED, 0);
    append(EVENT_STDOUT, "a", 1);
    append(EVENT_STDOUT, "b", 2);
    expect(0, "s o:ab ");
    append(EVENT_STDOUT, "c", 3);
    expect(0, "s o:ab o:c ");
    /* Not after 5 ms, and not if the other stream comes between. */
    append(EVENT_STDOUT, "d", 4);
    append(EVENT_STDOUT, "e", 9);
    append(EVENT_STDERR, "f\n", 9);
    append(EVENT_STDOUT, "g", 9);
    add(EVENT_END, 9);
    expect(2, "o:c o:d o:e e:f\n o:g . ");
}

static void test_a_character_is_not_cut(void **state)
{
    (void)state;
    append(EVENT_STDOUT, "a\xe2\x82", 0);
    expect(0, "o:a ");
    assert_int_equal(stream_log_due_ns(&log_of_test), UINT64_MAX);
    cut(1000);
    expect(1, "");
    append(EVENT_STDOUT,
           "\xac"
           "b",
           1001);
    expect(1, "o:\xe2\x82\xac"
              "b ");
    /* A byte that can't become one does not wait, and neither does the end. */
    append(EVENT_STDOUT, "\xff\xe2", 2000);
    expect(2, "o:\xff\xe2 ");
    append(EVENT_STDOUT, "\xf0\x9f", 3000);
    add(EVENT_END, 3000);
    expect(3, "o:\xf0\x9f . ");
}

static void test_a_line_of_stderr_waits_for_its_end(void **state)
{
    (void)state;
    append(EVENT_STDERR, "one\ntw", 0);
    expect(0, "e:one\n ");
    assert_int_equal(stream_log_due_ns(&log_of_test), 110 * MS);
    append(EVENT_STDERR, "o", 9);
    cut(9);
    expect(1, "");
    cut(10);
    expect(1, "e:two ");
    assert_int_equal(stream_log_due_ns(&log_of_test), UINT64_MAX);
    append(EVENT_STDERR, "x", 20);
    append(EVENT_STDOUT, "y", 21);
    append(EVENT_STDERR, "\n", 22);
    expect(2, "o:y e:x\n ");
}

/* A reader that comes late gets the output of a whole run, and must not have all of it at once. */
static void test_a_large_text_is_cut_into_records(void **state)
{
    enum { SIZE = 300000 };
    static char text[SIZE + 1];
    size_t size = 0;

    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        text[i] = "\xe2\x82\xac"[i % 3];
    append(EVENT_STDOUT, text, 0);
    append(EVENT_STDERR, text, 0);
    add(EVENT_END, 0);
    assert_in_range(log_of_test.n, 2 * SIZE / 16384, 2 * SIZE / 8192 + 4);
    for (size_t i = 0; i + 1 < log_of_test.n; i++) {
        const struct event_record *record = &log_of_test.records[i];

        assert_in_range(record->size, 1, 16383);
        assert_int_equal(record->size % 3, 0);
        size += record->size;
    }
    assert_int_equal(size, 2 * SIZE);
    stream_log_fit(&log_of_test);
    assert_in_range(stream_log_memory(&log_of_test), 2 * SIZE, 2 * SIZE + 4096);
}

/* A program that writes single bytes, by turns to both streams, while a reader takes each at once. */
static void test_records_are_bounded(void **state)
{
    const uint64_t seconds = 1000;
    size_t index = 0, bytes[2] = {0};

    (void)state;
    for (uint64_t ms = 0; ms < seconds * 1000; ms++) {
        append(ms % 2 ? EVENT_STDOUT : EVENT_STDERR, ms % 2 ? "o" : "\n", ms);
        cut(ms);
        while (stream_log_take(&log_of_test, index))
            index++;
    }
    add(EVENT_END, seconds * 1000);
    while (stream_log_take(&log_of_test, index))
        index++;
    assert_int_equal(index, log_of_test.n);
    for (size_t i = 0; i < index; i++) {
        const struct event_record *record = &log_of_test.records[i];

        if (record->kind == EVENT_END)
            continue;
        assert_int_equal(record->offset, bytes[record->kind == EVENT_STDERR]);
        bytes[record->kind == EVENT_STDERR] += record->size;
    }
    assert_int_equal(bytes[0], seconds * 500);
    assert_int_equal(bytes[1], seconds * 500);
    assert_true(log_of_test.n > 8192);
    assert_true(log_of_test.room * sizeof(struct event_record) <= 256 << 10);
}

static void test_a_large_piece_does_not_wait(void **state)
{
    char *much = malloc(8193);

    (void)state;
    memset(much, 'x', 8192);
    much[8192] = '\0';
    append(EVENT_STDOUT, much, 0);
    append(EVENT_STDOUT, "y", 0);
    assert_int_equal(log_of_test.n, 2);
    append(EVENT_STDERR, much, 0);
    assert_int_equal(log_of_test.n, 3);
    free(much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_a_question_comes_before_its_answer_is_asked_for, teardown),
        cmocka_unit_test_teardown(test_a_record_grows_until_a_reader_has_it, teardown),
        cmocka_unit_test_teardown(test_a_character_is_not_cut, teardown),
        cmocka_unit_test_teardown(test_a_line_of_stderr_waits_for_its_end, teardown),
        cmocka_unit_test_teardown(test_a_large_text_is_cut_into_records, teardown),
        cmocka_unit_test_teardown(test_records_are_bounded, teardown),
        cmocka_unit_test_teardown(test_a_large_piece_does_not_wait, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
