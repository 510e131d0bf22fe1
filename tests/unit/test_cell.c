/* SPDX-License-Identifier: MIT */
/* cell/cell: what PID 1 said last is heard, also where it is gone. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cell.h"
#include "unit.h"

/* The kernel tells of the death first, where a message to the dead was not read: unix(7), ECONNRESET. */
static void test_last_words(void **state)
{
    const struct init_report said = {.event = INIT_FAILED, .error = 5};
    struct init_report heard = {0};
    struct cell cell = CELL_INIT;
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    cell.control = pair[0];
    assert_int_equal(write(cell.control, "unread", 6), 6);
    assert_int_equal(write(pair[1], &said, sizeof(said)), sizeof(said));
    fd_closep(&pair[1]);
    assert_int_equal(cell_receive(&cell, &heard), 0);
    assert_memory_equal(&heard, &said, sizeof(said));
    assert_int_equal(cell_receive(&cell, &heard), -EPIPE);
    fd_closep(&cell.control);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_last_words)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
