/* SPDX-License-Identifier: MIT */
/* The work that the caller of the warden does for it. */
#ifndef EXRUN_SANDBOX_WARDEN_CALLS_H
#define EXRUN_SANDBOX_WARDEN_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/run/host.h"

enum warden_event {
    WARDEN_KEEPER_ENDED, /* @number: wait status */
    WARDEN_KEEPER_HANGS, /* it is killed */
    WARDEN_KEEPER_STAYS, /* likewise, because it has replaced profiles */
    WARDEN_KEEPER_LOST,  /* it was killed, and does not end */
    WARDEN_FRONT_ENDED,  /* @number: wait status */
    WARDEN_FRONT_HANGS,  /* likewise */
    WARDEN_FRONT_LOST,
    WARDEN_CANT_START, /* @number: errno */
    WARDEN_RELOADED,
    WARDEN_CANT_RELOAD,   /* @number: errno; 0: @load has reported the reason */
    WARDEN_WONT_RELOAD,   /* it is draining */
    WARDEN_KEEPS_KEEPERS, /* after a reload, because a restart is necessary; @number: of them */
    WARDEN_CANT_LISTEN,   /* at a reload; @slot: index of the listener; @number: errno */
    WARDEN_KEEPS_SOCKET,  /* at a reload, because the manager has it; @slot: index of the old listener */
    WARDEN_CANT_RECLAIM,  /* @number: leftovers, or -errno */
    WARDEN_IS_DRAINING,
    WARDEN_ENDS_RUNS, /* those that are left */
    WARDEN_CANT_LOG,  /* the file of the log can't be opened; @number: errno; @slot: 1: the old one stays */
    /* For the log only. */
    WARDEN_FRONT_STARTED,
    WARDEN_FRONT_LEFT, /* as it should; @number: wait status */
    WARDEN_KEEPER_STARTED,
    WARDEN_KEEPER_LEFT, /* likewise */
    N_WARDEN_LOGGED,
    /* For the service manager only. */
    WARDEN_RELOADS = N_WARDEN_LOGGED, /* has begun to */
    WARDEN_LIVES,                     /* twice in the watchdog's time */
};

struct front_fds;
struct load_fds;
struct load_settings;
struct wire_event;

/* The work of the other side. @load: writes everything to @fds, in a child without privileges (load.h).
 * @front: the work of the front, in its own confined process; returns its exit status. @up: reports that the
 * front accepts connections, and that a keeper lives.
 * @told: reports an event, and for a keeper its slot. @line: writes the line of an event to the file of the
 * log. */
struct warden_calls {
    int (*load)(void *arg, const struct load_fds *fds);
    int (*front)(void *arg, const struct front_fds *fds);
    void (*up)(void *arg, const struct load_settings *settings);
    void (*told)(void *arg, enum warden_event event, unsigned int slot, int number);
    void (*line)(void *arg, int fd, const struct wire_event *event);
    void *arg;
};

/* Everything is borrowed, apart from @inherited: listening sockets that a service manager opened, which the
 * warden takes. @watchdog_ns: the manager expects WARDEN_LIVES twice in this time; 0: it does not. */
struct warden_config {
    const struct host *host;
    uint64_t watchdog_ns;
    const int *inherited;
    size_t n_inherited;
    struct warden_calls calls;
};

#endif
