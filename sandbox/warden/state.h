/* SPDX-License-Identifier: MIT */
/* The warden's state, and what its parts share. */
#ifndef EXRUN_SANDBOX_WARDEN_STATE_H
#define EXRUN_SANDBOX_WARDEN_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/keeper/wire.h"
#include "sandbox/warden/calls.h"
#include "sandbox/warden/children.h"
#include "sandbox/warden/load.h"

#define SECOND_NS UINT64_C(1000000000)
/* A keeper ends a run within this time after the front has gone. */
#define LEAVE_NS (10 * SECOND_NS)
/* A process that was killed can stay: in a wait of the kernel that no signal ends, or in a frozen group (the
 * freezer of cgroup v1). After this time, another one takes its place. */
#define DEATH_NS (5 * SECOND_NS)

enum { WARDEN_MOST_EVENTS = 64 };

/* @fd: the file; -1: there is none. @pending: events that wait for a front. @n_lost: those that there was no
 * room for. */
struct warden_log {
    int fd;
    char key[WIRE_LOG_KEY_BYTES];
    struct wire_event pending[WARDEN_MOST_EVENTS];
    size_t n_pending;
    uint32_t n_lost;
};

/* @busy: a page that is shared with the keepers, a number for each. @pulse_ns: time of the front's last
 * message. @loads_again: after @loading has ended, because another SIGHUP has come.
 * @drain_end_ns: time until which the accepted runs may take. @switches: what the front sent last, for the
 * next one; opaque. @end_ns: time at which the processes that are left are killed; 0: the service is not
 * ending. @is_ending: the front was told to end the runs. @is_up: the front said so; @is_told_up: the warden
 * has reported it since. @sign_ns: when the next WARDEN_LIVES is due. @is_inherited: a service manager has
 * opened the listener, and keeps it. @log: borrowed. */
struct warden {
    const struct warden_config *config;
    struct load load;
    struct loading loading;
    bool loads_again;
    uint32_t profiles_generation;
    int listeners[LOAD_MOST_LISTENERS];
    bool is_inherited[LOAD_MOST_LISTENERS];
    int signals, front_socket;
    struct child front, *keepers;
    volatile uint64_t *busy;
    uint64_t started_ns, pulse_ns, drain_end_ns, end_ns, sign_ns;
    bool is_draining, is_ending, is_up, is_told_up;
    struct warden_log *log;
    char switches[WIRE_SWITCHES_BYTES];
    size_t n_switches; /* bytes */
};

/* Reports an event, and logs it. */
void warden_tell(const struct warden *warden, enum warden_event event, unsigned int slot, int number);

/* Does the same with a reason. */
void warden_tell_reason(const struct warden *warden, enum warden_event event, int number, const char *reason);

/* Sends a message to the front. A front whose buffer is full does not work any more, and is killed. */
void warden_to_front(const struct warden *warden, const struct wire_message *message);

/* Closes the descriptors that only the warden needs, so that no keeper and no front has them. */
void warden_close_own(struct warden *warden);

/* Unmaps the page of the keepers. */
void warden_unmap_busy(const struct warden *warden);

#endif
