/* SPDX-License-Identifier: MIT */
/* The messages between the processes of the service.
 *
 * One packet of a SOCK_SEQPACKET socket is one message: a head of 32 bytes, and a payload. A payload that
 * would make the packet larger than WIRE_INLINE_BYTES travels in a sealed memfd instead. The table wire_rows
 * says for each type how large its payload may be, how many descriptors come with it, and in which states a
 * keeper may get it. A message that differs from its row is a fault of its sender, which may have been taken
 * over: the receiver closes the socket. */
#ifndef EXRUN_SANDBOX_KEEPER_WIRE_H
#define EXRUN_SANDBOX_KEEPER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/fault.h"

/* Six packets of WIRE_INLINE_BYTES fit into a socket's default buffer. */
enum {
    WIRE_INLINE_BYTES = 32768,
    WIRE_FORMAT = 1,
    WIRE_ADDRESS_ROOM = 128,
    WIRE_LOG_KEY_BYTES = 32,
    WIRE_REASON_ROOM = 232,
    WIRE_SWITCHES_BYTES = 24576,
    WIRE_CHUNK_BYTES = 16384,
    WIRE_STDIN_BYTES = 32704,
    WIRE_STDIN_WINDOW = 65536,
    WIRE_MAKE_BYTES = 16384,
};

enum wire_type {
    WIRE_NONE,
    /* front to keeper */
    WIRE_MAKE,
    WIRE_START,
    WIRE_STDIN,
    WIRE_GO_ON,
    WIRE_STREAM,
    WIRE_CANCEL,
    WIRE_DROP,
    WIRE_VERSION,
    WIRE_CHECK,
    WIRE_RETIRE,
    /* keeper to front */
    WIRE_READY,
    WIRE_FAILED,
    WIRE_REFUSED,
    WIRE_STARTED,
    WIRE_CHUNK,
    WIRE_READING,
    WIRE_TAKEN,
    WIRE_BEAT,
    WIRE_OUTCOME,
    WIRE_IDLE,
    WIRE_VERSION_IS,
    WIRE_CHECKED,
    WIRE_GONE,
    /* warden to front */
    WIRE_HELLO,
    WIRE_ACCESS,
    WIRE_PAGE,
    WIRE_PROFILES,
    WIRE_LISTENER,
    WIRE_KEEPER,
    WIRE_KEEPER_GONE,
    WIRE_LOG,
    WIRE_EVENT,
    WIRE_DRAIN,
    WIRE_END_RUNS,
    WIRE_SWITCHES,
    /* front to warden */
    WIRE_UP,
    WIRE_PULSE,
    WIRE_DRAINED,
    WIRE_STUCK,
    WIRE_SWITCHED,
    N_WIRE_TYPES,
};

enum wire_way { WIRE_TO_KEEPER, WIRE_FROM_KEEPER, WIRE_TO_FRONT, WIRE_FROM_FRONT };

/* The states of a keeper, as it sees itself; a bit each. While it makes or reclaims a cell, it reads no
 * message. */
enum wire_state {
    KEEPER_EMPTY = 1 << 0,
    KEEPER_READY = 1 << 1,
    KEEPER_RUNNING = 1 << 2, /* from the start message to the outcome */
};

/* @least, @most: bytes of the payload. @may_be_memfd: the payload can be a sealed memfd of up to @most bytes.
 * @n_fds: descriptors that must come with it, apart from that memfd. @states: in which a keeper may get it.
 */
struct wire_row {
    const char *name;
    enum wire_way way;
    size_t least, most;
    bool may_be_memfd;
    unsigned int n_fds;
    unsigned int states;
};

extern const struct wire_row wire_rows[N_WIRE_TYPES];

/* The payload of WIRE_MAKE is this, and an order if an interpreter waits for another than the usual command;
 * WIRE_MAKE_BYTES at most. @parks: the interpreter of the profile waits in the cell. @fingerprint: state of
 * its files that was checked; a compiler waits only if they are still the same. */
struct wire_make {
    uint32_t profile, profiles_generation, parks, zero;
    uint64_t fingerprint;
};

/* The payload of WIRE_START is this and an order (plan/order.h), which is aligned. @is_stream: the front
 * wants WIRE_STARTED and WIRE_CHUNK; WIRE_OUTCOME then has no output of the run stage. It can want them later
 * (WIRE_STREAM): they begin with what has happened before, and WIRE_OUTCOME has the output, too. @still_ms:
 * how long the wall time may stand still altogether while the program waits for input. */
struct wire_start {
    uint32_t profile, profiles_generation, is_stream, still_ms;
};

/* The payload of WIRE_STDIN is this and up to WIRE_STDIN_BYTES bytes of input. @is_end: nothing follows. The
 * front sends at most WIRE_STDIN_WINDOW bytes more than the keeper has told it to be taken (WIRE_TAKEN). */
struct wire_stdin {
    uint32_t is_end, zero;
};

/* The program of a stage has started. @stage: of enum stage. @cell: of enum run_cell. */
struct wire_started {
    uint32_t stage, cell;
};

/* The payload of WIRE_CHUNK is this and 1 to WIRE_CHUNK_BYTES bytes of output. */
struct wire_chunk {
    uint32_t is_stderr;
};

/* Whether the program waits for input now. */
struct wire_reading {
    uint32_t is_on;
};

/* So many bytes of input are in the program's pipe, or it reads no more. */
struct wire_taken {
    uint32_t bytes;
};

/* The memory of a run's cell: about once a second. */
struct wire_beat {
    uint64_t bytes;
};

/* @program: state of the profile's program (run/version.h), so that the front notices if it was replaced.
 * @billed_bytes: memory that is charged to the cell while it waits. @fingerprint: state of the files that an
 * interpreter reads when it starts (warm/fingerprint.h); 0: the language has no parked cells. */
struct wire_ready {
    uint32_t profile, profiles_generation;
    uint64_t make_us, billed_bytes, program, fingerprint;
};

/* The interpreter in the cell has not waited. @why: enum park_state. */
struct wire_gone {
    uint32_t why, zero;
};

/* Asks whether programs run in parked cells as they do in others (warm/check.h). */
struct wire_check {
    uint32_t profile, profiles_generation;
};

/* @is_known: false: it could not be found out. @fault: FAULT_NONE: they do. */
struct wire_checked {
    struct fault fault;
    uint32_t is_known;
    uint64_t fingerprint;
};

/* Asks for the version of the profile's program. */
struct wire_version {
    uint32_t profile, profiles_generation;
};

/* The payload of WIRE_VERSION_IS is this and the version (plan/version_text.h); nothing follows if the
 * command does not print one. */
struct wire_version_is {
    uint64_t program;
};

struct wire_failed {
    struct fault fault;
    uint32_t profile;
};

/* @is_stale: the order is for profiles that this keeper does not have. @keeps_cell: the cell that was made
 * before is still there. */
struct wire_refused {
    struct fault fault;
    uint16_t is_stale, keeps_cell;
};

struct wire_idle {
    uint32_t reclaim_us, unreclaimed; /* enum reclaim_left */
};

/* @zero: without it, there would be a gap. @n_front_restarts, @n_keeper_ends: so far; only ends with a
 * failure count for keepers. @started_ns: of the service (CLOCK_MONOTONIC). */
struct wire_hello {
    uint32_t n_slots, n_front_restarts, n_keeper_ends, zero;
    uint64_t started_ns;
};

/* @is_admin: operators' calls are allowed. @is_inherited: a service manager keeps it open when this service
 * ends. @address: ends in a NUL. */
struct wire_listener {
    uint32_t is_admin, is_inherited, is_last;
    char address[WIRE_ADDRESS_ROOM];
};

/* The keeper has the profiles of the last WIRE_PROFILES before this message. */
struct wire_keeper {
    uint32_t slot, generation;
};

struct wire_keeper_gone {
    uint32_t slot, generation, wait_status, pause_ms;
};

/* Comes with the file of the log. @key: under which clients are logged. */
struct wire_log {
    char key[WIRE_LOG_KEY_BYTES];
};

/* Something that the warden did or saw, for the log. @at_ms: CLOCK_REALTIME. @event: enum warden_event, which
 * says what @slot and @number mean. @n_lost: events before this one that are not reported. @reason: a text;
 * "": none. */
struct wire_event {
    uint64_t at_ms;
    uint32_t event, slot, number, n_lost;
    char reason[WIRE_REASON_ROOM];
};

/* One message. @generation: of the keeper. @run: the front's number of the run; 0: none. @payload, @size:
 * borrowed if it is sent; if it is received, they belong to the message, as @fd does. */
struct wire_message {
    enum wire_type type;
    uint32_t generation;
    uint64_t run;
    char *payload;
    size_t size;
    int fd; /* -1: none */
    bool is_mapped;
};

#define WIRE_MESSAGE_NONE \
    {                     \
        .fd = -1          \
    }

/* Sends a message without waiting. Returns 0, -EAGAIN if the receiver's buffer is full, -EPIPE if it is gone,
 * or another -errno. @message->fd stays the caller's. */
int wire_send(int socket, const struct wire_message *message);

/* The same, but waits while the receiver's buffer is full. */
int wire_send_wait(int socket, const struct wire_message *message);

/* Receives the next message that came by @way. Returns 0, -EAGAIN if there is none, -EPIPE at the end of the
 * socket, -EBADMSG if it differs from its row, or another -errno. The caller must call wire_message_deinit()
 * even on failure. */
int wire_receive(int socket, enum wire_way way, struct wire_message *ret);

void wire_message_deinit(struct wire_message *message);

/* Copies a payload of fixed size, which wire_receive() has checked. */
#define WIRE_PAYLOAD(message, struct_type)                       \
    __extension__({                                              \
        struct_type _payload;                                    \
                                                                 \
        memcpy(&_payload, (message)->payload, sizeof(_payload)); \
        _payload;                                                \
    })

#endif
