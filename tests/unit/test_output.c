/* SPDX-License-Identifier: MIT */
/* run/output: the first N bytes are kept, and it is known whether there were more. */
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
        output_init(output, ours, -1, &budget);
        assert_int_equal(fd_write_all(theirs, "abc", 3), 0);
        output_drain(output);
        assert_false(output->has_ended);
        assert_int_equal(fd_write_all(theirs, "def", 3), 0);
        fd_closep(&theirs);
        output_drain(output);
        assert_true(output->has_ended);
        assert_int_equal(output->size, strlen(rows[i].kept));
        assert_memory_equal(output->data, rows[i].kept, output->size);
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
    char got[16] = "";

    (void)state;
    assert_int_equal(fd_pipe_to_read(&from, &into, true), 0);
    assert_int_equal(fd_pipe_to_read(&read_end, &sink, true), 0);
    output_init(output, from, sink, &budget);
    assert_int_equal(fd_write_all(into, "abcdef", 6), 0);
    assert_true(output_read(output));
    /* If a piece is pending for the sink, nothing more is read. */
    assert_false(output_read(output));
    output_write(output);
    assert_int_equal(output->pending_size, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output_is_kept_up_to_the_budget),
        cmocka_unit_test(test_output_is_passed_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
