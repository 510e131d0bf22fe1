/* SPDX-License-Identifier: MIT */
/* base/fd: complete reads and writes, and numbers in kernel files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "unit.h"

static int file_of(const char *text)
{
    int fd = memfd_create("test", MFD_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void test_a_file_is_read_to_its_end(void **state)
{
    _cleanup_(fd_closep) int fd = file_of("one\ntwo");
    _cleanup_(freep) char *data = NULL;
    size_t size = 0;

    (void)state;
    assert_int_equal(fd_read_all(fd, 7, &data, &size), 0);
    assert_int_equal(size, 7);
    assert_string_equal(data, "one\ntwo");
    freep(&data);
    data = NULL;
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_all(fd, 6, &data, &size), -EFBIG);
    assert_null(data);
}

static void test_numbers_are_read(void **state)
{
    static const struct {
        const char *text;
        int r;
        uint64_t number;
    } rows[] = {
        {"42\n", 0, 42}, {"0", 0, 0}, {"max\n", 0, UINT64_MAX}, {"", -ENODATA, 0}, {"x", -ENODATA, 0}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        _cleanup_(fd_closep) int fd = file_of(rows[i].text);
        uint64_t number = 0;

        assert_int_equal(fd_read_number(fd, &number), rows[i].r);
        if (rows[i].r == 0)
            assert_int_equal(number, rows[i].number);
    }
}

static void test_fields_are_found(void **state)
{
    _cleanup_(fd_closep) int fd = file_of("oom_kill_disable 0\nunder_oom 1\noom_kill 7\n");
    uint64_t number = 0;

    (void)state;
    assert_int_equal(fd_read_field(fd, "oom_kill", &number), 0);
    assert_int_equal(number, 7);
    assert_int_equal(fd_read_field(fd, "under_oom", &number), 0);
    assert_int_equal(number, 1);
    assert_int_equal(fd_read_field(fd, "oom", &number), -ENODATA);
}

/* If this process has no room for a received descriptor, that is its own shortage, and not an invalid
 * message. */
static void test_lost_descriptors_are_a_shortage(void **state)
{
    struct rlimit before, full;
    int pair[2], got[1] = {-1}, few[2] = {0, 1};
    char byte = 'x';

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    assert_int_equal(fd_send_fds(pair[0], &byte, 1, few, 2), 0);
    assert_int_equal(fd_receive_fds(pair[1], &byte, 1, got, 1), -EBADMSG);
    assert_int_equal(fd_send_fds(pair[0], &byte, 1, few, 1), 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    full = (struct rlimit){(rlim_t)pair[1] + 1, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &full), 0);
    assert_int_equal(fd_receive_fds(pair[1], &byte, 1, got, 1), -EMFILE);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    close(pair[0]);
    close(pair[1]);
}

static void test_a_pipe_never_blocks_its_owner(void **state)
{
    int ours, theirs;
    char byte;

    (void)state;
    assert_int_equal(fd_pipe_to_read(&ours, &theirs, true), 0);
    assert_int_equal(read(ours, &byte, 1), -1);
    assert_int_equal(errno, EAGAIN);
    assert_int_equal(fd_write_all(theirs, "x", 1), 0);
    assert_int_equal(read(ours, &byte, 1), 1);
    assert_true(fcntl(theirs, F_GETFD) & FD_CLOEXEC);
    fd_closep(&ours);
    fd_closep(&theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read_to_its_end),
        cmocka_unit_test(test_numbers_are_read),
        cmocka_unit_test(test_fields_are_found),
        cmocka_unit_test(test_lost_descriptors_are_a_shortage),
        cmocka_unit_test(test_a_pipe_never_blocks_its_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
