/* SPDX-License-Identifier: MIT */
/* keeper/wire: a message comes back as it was sent, and everything that differs from the table is refused. */
#include "sandbox/keeper/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "unit.h"

enum { HEAD_BYTES = 32, TYPE_AT = 2, SIZE_AT = 4, N_FDS_AT = 12, FLAGS_AT = 14, MEMFD_BYTES_AT = 24 };

struct pair {
    int sender, receiver;
};

static int setup(void **state)
{
    static struct pair pair;
    int fds[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds), 0);
    pair = (struct pair){fds[0], fds[1]};
    *state = &pair;
    return 0;
}

static int teardown(void **state)
{
    struct pair *pair = *state;

    fd_closep(&pair->sender);
    fd_closep(&pair->receiver);
    return 0;
}

static int receive(const struct pair *pair, enum wire_way way)
{
    _cleanup_(wire_message_deinit) struct wire_message message;

    return wire_receive(pair->receiver, way, &message);
}

static void test_every_message_comes_back(void **state)
{
    const struct pair *pair = *state;
    _cleanup_(freep) char *bytes = calloc(1, 1 << 20);
    _cleanup_(fd_closep) int other = open("/dev/null", O_RDONLY | O_CLOEXEC);

    assert_true(bytes && other >= 0);
    for (enum wire_type type = WIRE_NONE + 1; type < N_WIRE_TYPES; type++) {
        const struct wire_row *row = &wire_rows[type];
        const size_t sizes[] = {row->least, row->may_be_memfd ? WIRE_INLINE_BYTES - HEAD_BYTES : row->least,
                                row->may_be_memfd ? WIRE_INLINE_BYTES : row->least};

        for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
            struct wire_message message = {.type = type,
                                           .generation = 7,
                                           .run = UINT64_MAX,
                                           .payload = bytes,
                                           .size = sizes[i],
                                           .fd = row->n_fds > 0 ? other : -1};
            _cleanup_(wire_message_deinit) struct wire_message back;

            memset(bytes, (int)type, sizes[i]);
            assert_int_equal(wire_send(pair->sender, &message), 0);
            assert_int_equal(wire_receive(pair->receiver, row->way, &back), 0);
            assert_int_equal(back.type, type);
            assert_int_equal(back.generation, 7);
            assert_true(back.run == UINT64_MAX);
            assert_int_equal(back.size, sizes[i]);
            if (sizes[i] > 0)
                assert_memory_equal(back.payload, bytes, sizes[i]);
            assert_int_equal(back.fd >= 0, row->n_fds > 0);
            assert_int_equal(back.is_mapped, sizes[i] == WIRE_INLINE_BYTES);
        }
    }
}

/* Sends a message with a head that is changed at @at. */
static void send_changed(const struct pair *pair, size_t at, uint16_t value)
{
    const struct wire_make make = {1, 1};
    char packet[HEAD_BYTES + sizeof(make)] = {0};
    const uint16_t version = WIRE_FORMAT, type = WIRE_MAKE;
    const uint32_t size = sizeof(packet);

    memcpy(packet, &version, sizeof(version));
    memcpy(packet + TYPE_AT, &type, sizeof(type));
    memcpy(packet + SIZE_AT, &size, sizeof(size));
    memcpy(packet + HEAD_BYTES, &make, sizeof(make));
    if (at < HEAD_BYTES)
        memcpy(packet + at, &value, sizeof(value));
    assert_int_equal(send(pair->sender, packet, sizeof(packet), 0), sizeof(packet));
}

static void test_a_changed_head_is_refused(void **state)
{
    static const struct {
        size_t at;
        uint16_t value;
    } rows[] = {{0, 0},
                {0, WIRE_FORMAT + 1},
                {TYPE_AT, WIRE_NONE},
                {TYPE_AT, WIRE_DROP},
                {TYPE_AT, 0xffff},
                {TYPE_AT, WIRE_READY},
                {TYPE_AT, WIRE_HELLO},
                {SIZE_AT, 0},
                {SIZE_AT, 41},
                {N_FDS_AT, 1},
                {FLAGS_AT, 1},
                {FLAGS_AT, 2},
                {MEMFD_BYTES_AT, 8}};
    const struct pair *pair = *state;

    send_changed(pair, HEAD_BYTES, 0);
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), 0);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        send_changed(pair, rows[i].at, rows[i].value);
        assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    }
    send_changed(pair, HEAD_BYTES, 0);
    assert_int_equal(receive(pair, WIRE_TO_FRONT), -EBADMSG);
}

static void test_a_packet_of_another_size_is_refused(void **state)
{
    static char packet[2 * WIRE_INLINE_BYTES];
    const size_t sizes[] = {1, HEAD_BYTES - 1, HEAD_BYTES, WIRE_INLINE_BYTES + 1, sizeof(packet)};
    const struct pair *pair = *state;

    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        assert_int_equal(send(pair->sender, packet, sizes[i], 0), sizes[i]);
        assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    }
}

static int count_open(void)
{
    int n = 0;

    for (int fd = 0; fd < 1024; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

/* Sends a message of @type with @n descriptors, and a payload of @size bytes that is in the first of them. 0:
 * the payload is zeros behind the head, as many as the type needs. */
static void send_fds(const struct pair *pair, enum wire_type type, size_t n, const int *fds, uint64_t size)
{
    const size_t bytes = HEAD_BYTES + (size > 0 ? 0 : wire_rows[type].least);
    uint16_t head[HEAD_BYTES + WIRE_ADDRESS_ROOM] = {WIRE_FORMAT, (uint16_t)type, (uint16_t)bytes};

    head[N_FDS_AT / 2] = (uint16_t)n;
    head[FLAGS_AT / 2] = size > 0;
    memcpy(&head[MEMFD_BYTES_AT / 2], &size, sizeof(size));
    assert_true(bytes <= sizeof(head));
    assert_int_equal(fd_send_fds(pair->sender, head, bytes, fds, n), 0);
}

static int memfd_with(size_t size, int seals)
{
    int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
    return fd;
}

static void test_descriptors_that_do_not_belong_to_it_are_closed(void **state)
{
    const struct pair *pair = *state;
    _cleanup_(fd_closep) int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int many[] = {null, null, null, null, null, null, null, null};
    const int before = count_open();

    for (size_t n = 0; n <= N_ELEMENTS(many); n++) {
        send_fds(pair, WIRE_LISTENER, n, many, 0);
        assert_int_equal(receive(pair, WIRE_TO_FRONT), n == 1 ? 0 : -EBADMSG);
        send_fds(pair, WIRE_DRAIN, n, many, 0);
        assert_int_equal(receive(pair, WIRE_TO_FRONT), n == 0 ? 0 : -EBADMSG);
        assert_int_equal(count_open(), before);
    }
}

static void test_a_payload_that_could_change_is_refused(void **state)
{
    const int all = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    const int missing[] = {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE, F_SEAL_SEAL};
    const struct pair *pair = *state;
    _cleanup_(fd_closep) int sealed = memfd_with(40000, all);
    _cleanup_(fd_closep) int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int before = count_open();

    send_fds(pair, WIRE_START, 1, &sealed, 40000);
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), 0);
    for (size_t i = 0; i < N_ELEMENTS(missing); i++) {
        _cleanup_(fd_closep) int fd = memfd_with(40000, all & ~missing[i]);

        send_fds(pair, WIRE_START, 1, &fd, 40000);
        assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    }
    send_fds(pair, WIRE_START, 1, &sealed, 39999);
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    send_fds(pair, WIRE_START, 1, &sealed, UINT64_MAX);
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    send_fds(pair, WIRE_START, 1, &null, 40000);
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    send_fds(pair, WIRE_MAKE, 1, &sealed, 40000); /* always inline */
    assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EBADMSG);
    assert_int_equal(count_open(), before);
}

static void test_the_end_and_a_full_socket_are_told(void **state)
{
    struct pair *pair = *state;
    const struct wire_message message = {.type = WIRE_DROP, .fd = -1};
    int r = 0;

    assert_int_equal(receive(pair, WIRE_TO_KEEPER), -EAGAIN);
    for (int i = 0; i < 100000 && r == 0; i++)
        r = wire_send(pair->sender, &message);
    assert_int_equal(r, -EAGAIN);
    fd_closep(&pair->sender);
    do
        r = receive(pair, WIRE_TO_KEEPER);
    while (r == 0);
    assert_int_equal(r, -EPIPE);
    assert_int_equal(wire_send(pair->receiver, &message), -EPIPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_message_comes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_changed_head_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_packet_of_another_size_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_descriptors_that_do_not_belong_to_it_are_closed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_payload_that_could_change_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_end_and_a_full_socket_are_told, setup, teardown)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
