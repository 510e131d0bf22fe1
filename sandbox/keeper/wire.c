/* SPDX-License-Identifier: MIT */
/* The messages between the processes of the service. */
#include "sandbox/keeper/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/plan/order.h"
#include "sandbox/plan/version_text.h"

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL)
#define OUTCOME_MOST_BYTES (UINT64_C(512) << 20)
#define PROFILES_MOST_BYTES (UINT64_C(64) << 20)
#define ACCESS_MOST_BYTES (UINT64_C(64) << 20)
/* Of the files 8 MiB (runner/front/page_read.c), and their names. */
#define PAGE_MOST_BYTES (UINT64_C(9) << 20)
#define ANY_STATE (KEEPER_EMPTY | KEEPER_READY | KEEPER_RUNNING)

/* @flags: WIRE_IN_MEMFD. */
struct head {
    uint16_t version, type;
    uint32_t size; /* of the whole packet */
    uint32_t generation;
    uint16_t n_fds, flags;
    uint64_t run;
    uint64_t memfd_bytes; /* of the payload, if it is in a memfd; otherwise 0 */
};

_Static_assert(sizeof(struct head) == 32, "without gaps");

enum { WIRE_IN_MEMFD = 1 };

const struct wire_row wire_rows[N_WIRE_TYPES] = {
    [WIRE_MAKE] = {"make", WIRE_TO_KEEPER, sizeof(struct wire_make), WIRE_MAKE_BYTES, false, 0,
                   KEEPER_EMPTY | KEEPER_READY},
    [WIRE_START] = {"start", WIRE_TO_KEEPER, sizeof(struct wire_start) + 1,
                    sizeof(struct wire_start) + ORDER_MOST_BYTES, true, 0, KEEPER_EMPTY | KEEPER_READY},
    /* These can cross an outcome, so they come in any state, and then do nothing. */
    [WIRE_STDIN] = {"stdin", WIRE_TO_KEEPER, sizeof(struct wire_stdin),
                    sizeof(struct wire_stdin) + WIRE_STDIN_BYTES, false, 0, ANY_STATE},
    [WIRE_GO_ON] = {"go_on", WIRE_TO_KEEPER, 0, 0, false, 0, ANY_STATE},
    [WIRE_STREAM] = {"stream", WIRE_TO_KEEPER, 0, 0, false, 0, ANY_STATE},
    [WIRE_CANCEL] = {"cancel", WIRE_TO_KEEPER, 0, 0, false, 0, ANY_STATE},
    [WIRE_DROP] = {"drop", WIRE_TO_KEEPER, 0, 0, false, 0, KEEPER_EMPTY | KEEPER_READY},
    [WIRE_VERSION] = {"version", WIRE_TO_KEEPER, sizeof(struct wire_version), sizeof(struct wire_version),
                      false, 0, KEEPER_EMPTY},
    [WIRE_CHECK] = {"check", WIRE_TO_KEEPER, sizeof(struct wire_check), sizeof(struct wire_check), false, 0,
                    KEEPER_EMPTY},
    [WIRE_RETIRE] = {"retire", WIRE_TO_KEEPER, 0, 0, false, 0, ANY_STATE},
    [WIRE_READY] = {"ready", WIRE_FROM_KEEPER, sizeof(struct wire_ready), sizeof(struct wire_ready), false, 0,
                    0},
    [WIRE_FAILED] = {"failed", WIRE_FROM_KEEPER, sizeof(struct wire_failed), sizeof(struct wire_failed),
                     false, 0, 0},
    [WIRE_REFUSED] = {"refused", WIRE_FROM_KEEPER, sizeof(struct wire_refused), sizeof(struct wire_refused),
                      false, 0, 0},
    [WIRE_STARTED] = {"started", WIRE_FROM_KEEPER, sizeof(struct wire_started), sizeof(struct wire_started),
                      false, 0, 0},
    [WIRE_CHUNK] = {"chunk", WIRE_FROM_KEEPER, sizeof(struct wire_chunk) + 1,
                    sizeof(struct wire_chunk) + WIRE_CHUNK_BYTES, false, 0, 0},
    [WIRE_READING] = {"reading", WIRE_FROM_KEEPER, sizeof(struct wire_reading), sizeof(struct wire_reading),
                      false, 0, 0},
    [WIRE_TAKEN] = {"taken", WIRE_FROM_KEEPER, sizeof(struct wire_taken), sizeof(struct wire_taken), false, 0,
                    0},
    [WIRE_BEAT] = {"beat", WIRE_FROM_KEEPER, sizeof(struct wire_beat), sizeof(struct wire_beat), false, 0, 0},
    [WIRE_OUTCOME] = {"outcome", WIRE_FROM_KEEPER, 1, OUTCOME_MOST_BYTES, true, 0, 0},
    [WIRE_IDLE] = {"idle", WIRE_FROM_KEEPER, sizeof(struct wire_idle), sizeof(struct wire_idle), false, 0, 0},
    [WIRE_VERSION_IS] = {"version_is", WIRE_FROM_KEEPER, sizeof(struct wire_version_is),
                         sizeof(struct wire_version_is) + VERSION_TEXT_MOST, false, 0, 0},
    [WIRE_CHECKED] = {"checked", WIRE_FROM_KEEPER, sizeof(struct wire_checked), sizeof(struct wire_checked),
                      false, 0, 0},
    [WIRE_GONE] = {"gone", WIRE_FROM_KEEPER, sizeof(struct wire_gone), sizeof(struct wire_gone), false, 0, 0},
    [WIRE_HELLO] = {"hello", WIRE_TO_FRONT, sizeof(struct wire_hello), sizeof(struct wire_hello), false, 0,
                    0},
    /* Both belong to the profiles that come next. */
    [WIRE_ACCESS] = {"access", WIRE_TO_FRONT, 1, ACCESS_MOST_BYTES, true, 0, 0},
    [WIRE_PAGE] = {"page", WIRE_TO_FRONT, 1, PAGE_MOST_BYTES, true, 0, 0},
    [WIRE_PROFILES] = {"profiles", WIRE_TO_FRONT, 1, PROFILES_MOST_BYTES, true, 0, 0},
    [WIRE_LISTENER] = {"listener", WIRE_TO_FRONT, sizeof(struct wire_listener), sizeof(struct wire_listener),
                       false, 1, 0},
    [WIRE_KEEPER] = {"keeper", WIRE_TO_FRONT, sizeof(struct wire_keeper), sizeof(struct wire_keeper), false,
                     1, 0},
    [WIRE_KEEPER_GONE] = {"keeper_gone", WIRE_TO_FRONT, sizeof(struct wire_keeper_gone),
                          sizeof(struct wire_keeper_gone), false, 0, 0},
    [WIRE_LOG] = {"log", WIRE_TO_FRONT, sizeof(struct wire_log), sizeof(struct wire_log), false, 1, 0},
    [WIRE_EVENT] = {"event", WIRE_TO_FRONT, sizeof(struct wire_event), sizeof(struct wire_event), false, 0,
                    0},
    [WIRE_DRAIN] = {"drain", WIRE_TO_FRONT, 0, 0, false, 0, 0},
    [WIRE_END_RUNS] = {"end_runs", WIRE_TO_FRONT, 0, 0, false, 0, 0},
    /* The front's own bytes (runner/front/switches.h), which the warden keeps for the next front. */
    [WIRE_SWITCHES] = {"switches", WIRE_TO_FRONT, 1, WIRE_SWITCHES_BYTES, false, 0, 0},
    [WIRE_UP] = {"up", WIRE_FROM_FRONT, 0, 0, false, 0, 0},
    [WIRE_PULSE] = {"pulse", WIRE_FROM_FRONT, 0, 0, false, 0, 0},
    [WIRE_DRAINED] = {"drained", WIRE_FROM_FRONT, 0, 0, false, 0, 0},
    [WIRE_STUCK] = {"stuck", WIRE_FROM_FRONT, sizeof(struct wire_keeper), sizeof(struct wire_keeper), false,
                    0, 0},
    [WIRE_SWITCHED] = {"switched", WIRE_FROM_FRONT, 1, WIRE_SWITCHES_BYTES, false, 0, 0},
};

/* Returns a sealed memfd with @data, or -errno. */
static int memfd_of(const char *data, size_t size)
{
    _cleanup_(fd_closep) int fd = memfd_create("payload", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    int r = fd < 0 ? -errno : fd_write_all(fd, data, size);

    if (r < 0)
        return r;
    return fcntl(fd, F_ADD_SEALS, SEALS) < 0 ? -errno : fd_steal(&fd);
}

static int send_packet(int socket, struct head *head, const struct wire_message *message, int fd)
{
    bool is_inline = !(head->flags & WIRE_IN_MEMFD) && message->size > 0;
    struct iovec parts[] = {{head, sizeof(*head)}, {message->payload, message->size}};
    const struct fd_packet packet = {
        .parts = parts, .n_parts = is_inline ? 2 : 1, .fds = {fd}, .n_fds = fd >= 0, .flags = MSG_DONTWAIT};
    int r = fd_send_packet(socket, &packet);

    return r == -ECONNRESET ? -EPIPE : r;
}

int wire_send(int socket, const struct wire_message *message)
{
    bool is_large = sizeof(struct head) + message->size > WIRE_INLINE_BYTES;
    _cleanup_(fd_closep) int memfd = is_large ? memfd_of(message->payload, message->size) : -1;
    int fd = is_large ? memfd : message->fd;
    struct head head = {.version = WIRE_FORMAT,
                        .type = (uint16_t)message->type,
                        .size = (uint32_t)(sizeof(head) + (is_large ? 0 : message->size)),
                        .generation = message->generation,
                        .n_fds = fd >= 0,
                        .flags = is_large ? WIRE_IN_MEMFD : 0,
                        .run = message->run,
                        .memfd_bytes = is_large ? message->size : 0};

    if (is_large && memfd < 0)
        return memfd;
    return send_packet(socket, &head, message, fd);
}

int wire_send_wait(int socket, const struct wire_message *message)
{
    struct pollfd room = {.fd = socket, .events = POLLOUT};
    int r = wire_send(socket, message);

    while (r == -EAGAIN && (poll(&room, 1, -1) >= 0 || errno == EINTR))
        r = wire_send(socket, message);
    return r;
}

/* There is room for one more, so that a longer packet is noticed. */
#define ROOM (WIRE_INLINE_BYTES - sizeof(struct head) + 1)

/* One packet that was received. @bytes: owned, of ROOM. */
struct packet {
    struct head head;
    char *bytes;
    size_t size;
    struct fd_packet fds;
};

static void packet_close(struct packet *packet)
{
    fd_packet_close(&packet->fds);
    free(packet->bytes);
}

static int receive_packet(int socket, struct packet *packet)
{
    struct iovec parts[] = {{&packet->head, sizeof(packet->head)}, {packet->bytes, ROOM}};
    ssize_t got;

    packet->fds = (struct fd_packet){.parts = parts, .n_parts = 2};
    got = fd_receive_packet(socket, &packet->fds);
    if (got < 0)
        return got == -ECONNRESET ? -EPIPE : (int)got;
    if (got == 0 && packet->fds.n_fds == 0)
        return -EPIPE;
    if ((size_t)got < sizeof(packet->head) || packet->fds.flags & (MSG_TRUNC | MSG_CTRUNC))
        return -EBADMSG;
    packet->size = (size_t)got - sizeof(packet->head);
    return 0;
}

static bool fits_row(const struct packet *packet, enum wire_way way)
{
    const struct head *head = &packet->head;
    bool is_memfd = head->flags == WIRE_IN_MEMFD;
    const struct wire_row *row;
    uint64_t size;

    if (head->version != WIRE_FORMAT || head->type == WIRE_NONE || head->type >= N_WIRE_TYPES)
        return false;
    row = &wire_rows[head->type];
    size = is_memfd ? head->memfd_bytes : packet->size;
    return row->way == way && head->size == sizeof(*head) + packet->size && head->size <= WIRE_INLINE_BYTES &&
           head->flags <= WIRE_IN_MEMFD &&
           (is_memfd ? row->may_be_memfd && packet->size == 0 && row->n_fds == 0 : head->memfd_bytes == 0) &&
           size >= row->least && size <= row->most && head->n_fds == packet->fds.n_fds &&
           packet->fds.n_fds == (is_memfd ? 1 : row->n_fds);
}

static int map(int fd, uint64_t size, struct wire_message *message)
{
    int seals = fcntl(fd, F_GET_SEALS);
    struct stat st;
    char *bytes;

    if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &st) < 0 || (uint64_t)st.st_size != size)
        return -EBADMSG;
    bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return -errno;
    message->payload = bytes;
    message->size = size;
    message->is_mapped = true;
    return 0;
}

/* Passes the bytes on, and gives back the room that they don't need. */
static int pass(struct packet *packet, struct wire_message *message)
{
    message->payload = realloc(packet->bytes, packet->size + 1);
    if (!message->payload)
        return -ENOMEM;
    packet->bytes = NULL;
    message->size = packet->size;
    return 0;
}

int wire_receive(int socket, enum wire_way way, struct wire_message *ret)
{
    /* Not on the stack: a keeper that has just cloned a cell would copy each page of it. */
    _cleanup_(packet_close) struct packet packet = {.bytes = malloc(ROOM)};
    int r = packet.bytes ? receive_packet(socket, &packet) : -ENOMEM;

    *ret = (struct wire_message)WIRE_MESSAGE_NONE;
    if (r < 0)
        return r;
    if (!fits_row(&packet, way))
        return -EBADMSG;
    ret->type = packet.head.type;
    ret->generation = packet.head.generation;
    ret->run = packet.head.run;
    if (packet.head.flags == WIRE_IN_MEMFD)
        return map(packet.fds.fds[0], packet.head.memfd_bytes, ret);
    if (packet.fds.n_fds > 0)
        ret->fd = fd_steal(&packet.fds.fds[0]);
    return pass(&packet, ret);
}

void wire_message_deinit(struct wire_message *message)
{
    if (message->is_mapped)
        munmap(message->payload, message->size);
    else
        free(message->payload);
    fd_closep(&message->fd);
    *message = (struct wire_message)WIRE_MESSAGE_NONE;
}
