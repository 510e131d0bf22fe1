/* SPDX-License-Identifier: MIT */
/* front/log_writer: lines are whole or absent, and adding one never waits. */
#include "runner/front/log_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "unit.h"

#define LINE_BYTES 1000
#define PIPE_BYTES 4096 /* the smallest that there is: fcntl(2) */

static char line[LINE_BYTES];

/* Lines of the same size with their numbers. */
static const char *line_of(size_t number)
{
    memset(line, '.', sizeof(line));
    snprintf(line, sizeof(line), "%08zu", number);
    line[8] = '.';
    line[sizeof(line) - 1] = '\n';
    return line;
}

static int open_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC) < 0 || fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES) < 0 ? -errno : 0;
}

/* Reads @n lines, and checks that they are whole and in their order. */
static void read_lines(int fd, size_t n)
{
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        char got[LINE_BYTES + 1] = "";
        size_t size = 0, number;

        while (size < LINE_BYTES) {
            ssize_t r = read(fd, got + size, LINE_BYTES - size);

            assert_true(r > 0);
            size += (size_t)r;
        }
        assert_int_equal(sscanf(got, "%8zu", &number), 1);
        assert_true(i == 0 || number > last);
        assert_memory_equal(got, line_of(number), LINE_BYTES);
        last = number;
    }
}

static void test_lines_are_written(void **state)
{
    struct log_writer writer;
    int ends[2];

    (void)state;
    assert_int_equal(open_pipe(ends), 0);
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_add(&writer, line_of(0), LINE_BYTES);
    log_writer_set(&writer, ends[1]);
    for (size_t i = 1; i < 1500; i++) {
        log_writer_add(&writer, line_of(i), LINE_BYTES);
        read_lines(ends[0], 1);
    }
    log_writer_close(&writer);
    read_lines(ends[0], 1);
    assert_int_equal(read(ends[0], line, 1), 0);
    close(ends[0]);
}

/* A pipe that nobody reads. If an addition waited, this test would not end. */
static void test_a_full_buffer_drops_whole_lines_and_counts_them(void **state)
{
    const size_t n = 3000;
    struct log_writer writer;
    size_t dropped;
    int ends[2];

    (void)state;
    assert_int_equal(open_pipe(ends), 0);
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_set(&writer, ends[1]);
    for (size_t i = 0; i < n; i++)
        log_writer_add(&writer, line_of(i), LINE_BYTES);
    dropped = log_writer_dropped(&writer);
    /* The bytes in the pipe can have left the buffer. */
    assert_in_range(n - dropped, LOG_BUFFER_BYTES / LINE_BYTES, (LOG_BUFFER_BYTES + PIPE_BYTES) / LINE_BYTES);
    read_lines(ends[0], n - dropped - 1);
    log_writer_add(&writer, line_of(n), LINE_BYTES);
    read_lines(ends[0], 2);
    assert_int_equal(log_writer_dropped(&writer), dropped);
    log_writer_close(&writer);
    assert_int_equal(read(ends[0], line, 1), 0);
    close(ends[0]);
}

/* Adds lines in one piece, so that the pipe gets them by one write. */
static void add_lines(struct log_writer *writer, size_t first, size_t n)
{
    char lines[10 * LINE_BYTES];

    for (size_t i = 0; i < n; i++)
        memcpy(lines + i * LINE_BYTES, line_of(first + i), LINE_BYTES);
    log_writer_add(writer, lines, n * LINE_BYTES);
}

/* Waits until the pipe is full, and so has a part of a line. */
static void wait_until_full(int fd)
{
    int size;

    while (ioctl(fd, FIONREAD, &size) == 0 && size < PIPE_BYTES)
        poll(NULL, 0, 1);
}

/* A pipe that does not wait takes only part of what is written, as a full disk does. */
static void test_the_rest_of_a_torn_line_is_not_in_the_next_file(void **state)
{
    struct log_writer writer;
    int ends[2], others[2];
    char byte;

    (void)state;
    assert_int_equal(open_pipe(ends), 0);
    assert_int_equal(open_pipe(others), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_set(&writer, ends[1]);
    add_lines(&writer, 0, 10);
    /* The writer goes on when there is room again. */
    read_lines(ends[0], 9);
    read_lines(ends[0], 1);
    add_lines(&writer, 10, 10);
    wait_until_full(ends[0]);
    log_writer_set(&writer, others[1]);
    /* The rest of that line can't be written, so it is dropped; the next ones are in the other file. */
    read_lines(others[0], 5);
    assert_int_equal(log_writer_dropped(&writer), 1);
    read_lines(ends[0], 4);
    log_writer_close(&writer);
    while (read(ends[0], &byte, 1) > 0)
        assert_true(byte != '\n');
    assert_int_equal(read(others[0], line, 1), 0);
    close(ends[0]);
    close(others[0]);
}

static void test_a_torn_line_is_ended_in_its_file(void **state)
{
    struct log_writer writer;
    int ends[2], others[2];
    char got[PIPE_BYTES];

    (void)state;
    assert_int_equal(open_pipe(ends), 0);
    assert_int_equal(open_pipe(others), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_set(&writer, ends[1]);
    add_lines(&writer, 0, 5);
    wait_until_full(ends[0]);
    assert_int_equal(read(ends[0], got, sizeof(got)), sizeof(got));
    /* There is room now. */
    log_writer_set(&writer, others[1]);
    log_writer_add(&writer, line_of(5), LINE_BYTES);
    read_lines(others[0], 1);
    log_writer_close(&writer);
    assert_int_equal(log_writer_dropped(&writer), 0);
    assert_int_equal(read(ends[0], got, sizeof(got)), 5 * LINE_BYTES - PIPE_BYTES);
    assert_memory_equal(got, line_of(4) + PIPE_BYTES - 4 * LINE_BYTES, 5 * LINE_BYTES - PIPE_BYTES);
    close(ends[0]);
    close(others[0]);
}

/* /dev/full fails with ENOSPC. */
static void test_lines_wait_for_room_on_the_disk(void **state)
{
    struct log_writer writer;
    int ends[2];

    (void)state;
    assert_int_equal(open_pipe(ends), 0);
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_set(&writer, open("/dev/full", O_WRONLY | O_CLOEXEC));
    for (size_t i = 0; i < 2000; i++)
        log_writer_add(&writer, line_of(i), LINE_BYTES);
    assert_int_equal(log_writer_dropped(&writer), 2000 - LOG_BUFFER_BYTES / LINE_BYTES);
    log_writer_set(&writer, ends[1]);
    read_lines(ends[0], LOG_BUFFER_BYTES / LINE_BYTES);
    log_writer_close(&writer);
    close(ends[0]);
}

static void test_it_ends_with_a_disk_that_stays_full(void **state)
{
    struct log_writer writer;

    (void)state;
    assert_int_equal(log_writer_open(&writer), 0);
    log_writer_set(&writer, open("/dev/full", O_WRONLY | O_CLOEXEC));
    log_writer_add(&writer, line_of(0), LINE_BYTES);
    log_writer_close(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_written),
        cmocka_unit_test(test_a_full_buffer_drops_whole_lines_and_counts_them),
        cmocka_unit_test(test_a_torn_line_is_ended_in_its_file),
        cmocka_unit_test(test_the_rest_of_a_torn_line_is_not_in_the_next_file),
        cmocka_unit_test(test_lines_wait_for_room_on_the_disk),
        cmocka_unit_test(test_it_ends_with_a_disk_that_stays_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
