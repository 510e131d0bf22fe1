/* SPDX-License-Identifier: MIT */
/* run/output: the first N bytes are kept, and it is known whether there were more. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/run/output.h"
#include "unit.h"

static void test_output_is_kept_up_to_the_budget(void **state)
{
    static const struct {
        uint64_t budget;
        const char *kept;
        bool exceeded;
    } rows[] = {{3, "abc", true}, {5, "abcde", true}, {6, "abcdef", false}, {7, "abcdef", false}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct output_budget budget = {.left = rows[i].budget};
        struct output *output = malloc(sizeof(*output));
        int ours, theirs;

        assert_int_equal(fd_pipe_to_read(&ours, &theirs, true), 0);
        assert_int_equal(output_init(output, ours, &(struct output_sink)OUTPUT_KEPT, &budget), 0);
        assert_int_equal(fd_write_all(theirs, "abc", 3), 0);
        output_drain(output);
        assert_false(output->has_ended);
        assert_int_equal(fd_write_all(theirs, "def", 3), 0);
        fd_closep(&theirs);
        output_drain(output);
        assert_true(output->has_ended);
        assert_int_equal(output->kept.size, strlen(rows[i].kept));
        assert_memory_equal(output->kept.data, rows[i].kept, output->kept.size);
        assert_int_equal(output->is_truncated, rows[i].exceeded);
        assert_int_equal(budget.is_exceeded, rows[i].exceeded);
        output_deinit(output);
        free(output);
        fd_closep(&ours);
    }
}

static void test_output_is_passed_on(void **state)
{
    struct output_budget budget = {.left = 4};
    struct output *output = malloc(sizeof(*output));
    int from, into, read_end, sink;
    struct output_sink into_sink;
    char got[16] = "";

    (void)state;
    assert_int_equal(fd_pipe_to_read(&from, &into, true), 0);
    assert_int_equal(fd_pipe_to_read(&read_end, &sink, true), 0);
    into_sink = output_sink_of_fd(sink);
    assert_int_equal(output_init(output, from, &into_sink, &budget), 0);
    assert_int_equal(fd_write_all(into, "abcdef", 6), 0);
    assert_true(output_read(output));
    /* If a piece is pending for the sink, nothing more is read. */
    assert_false(output_read(output));
    output_write(output);
    assert_int_equal(output_waiting(output), 0);
    assert_int_equal(read(read_end, got, sizeof(got)), 4);
    assert_string_equal(got, "abcd");
    assert_true(budget.is_exceeded);
    fd_closep(&read_end);
    fd_closep(&sink);
    fd_closep(&from);
    fd_closep(&into);
    output_deinit(output);
    free(output);
}

/* A sink that takes one byte at a time, as often as @times, and then fails for good. */
struct slow_sink {
    char taken[8];
    size_t n, times;
    bool is_full;
};

static ssize_t take_one(const struct output_sink *sink, const char *bytes, size_t size)
{
    struct slow_sink *slow = sink->arg;

    assert_true(size > 0);
    if (slow->n == slow->times)
        return -EPIPE;
    if (slow->is_full)
        return -EAGAIN;
    slow->taken[slow->n++] = *bytes;
    return 1;
}

static void test_a_sink_takes_what_it_can(void **state)
{
    struct slow_sink slow = {.times = 3};
    struct output_sink sink = {.pass = take_one, .arg = &slow, .keeps = true};
    struct output_budget budget = {.left = 9};
    struct output *output = malloc(sizeof(*output));
    int from, into;

    (void)state;
    assert_int_equal(fd_pipe_to_read(&from, &into, true), 0);
    sink.fd = into; /* any but -1: poll(2) would tell when it can take more */
    assert_int_equal(output_init(output, from, &sink, &budget), 0);
    assert_int_equal(fd_write_all(into, "abcd", 4), 0);
    assert_true(output_read(output));
    assert_int_equal(slow.n, 0);
    slow.is_full = true;
    output_write(output);
    assert_int_equal(output_waiting(output), 4);
    slow.is_full = false;
    for (int i = 0; i < 3; i++)
        output_write(output);
    assert_string_equal(slow.taken, "abc");
    assert_int_equal(output->error, 0);
    output_write(output);
    assert_int_equal(output->error, -EPIPE);
    assert_int_equal(output_waiting(output), 0);
    /* Later output is still kept, and counts. */
    assert_int_equal(fd_write_all(into, "ef", 2), 0);
    assert_true(output_read(output));
    assert_int_equal(output_waiting(output), 0);
    assert_string_equal(output->kept.data, "abcdef");
    assert_int_equal(budget.left, 3);
    fd_closep(&from);
    fd_closep(&into);
    output_deinit(output);
    free(output);
}

static void test_a_sink_begins_later(void **state)
{
    struct slow_sink slow = {.times = 8};
    struct output_sink sink = OUTPUT_KEPT;
    struct output_budget budget = {.left = 9};
    struct output *output = malloc(sizeof(*output));
    int from, into;

    (void)state;
    assert_int_equal(fd_pipe_to_read(&from, &into, true), 0);
    assert_int_equal(output_init(output, from, &sink, &budget), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fd_write_all(into, "ab", 2), 0);
        assert_true(output_read(output));
        assert_int_equal(output_waiting(output), 0);
    }
    sink = (struct output_sink){.pass = take_one, .arg = &slow, .fd = into, .keeps = true};
    /* What was kept comes first. */
    assert_int_equal(output_waiting(output), 4);
    assert_int_equal(fd_write_all(into, "c", 1), 0);
    assert_false(output_read(output));
    for (int i = 0; i < 4; i++)
        output_write(output);
    assert_true(output_read(output));
    output_write(output);
    assert_string_equal(slow.taken, "ababc");
    assert_int_equal(output->kept.size, 5);
    fd_closep(&from);
    fd_closep(&into);
    output_deinit(output);
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output_is_kept_up_to_the_budget),
        cmocka_unit_test(test_output_is_passed_on),
        cmocka_unit_test(test_a_sink_takes_what_it_can),
        cmocka_unit_test(test_a_sink_begins_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
