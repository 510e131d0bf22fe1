/* SPDX-License-Identifier: MIT */
/* The processes that the warden starts. */
#ifndef EXRUN_SANDBOX_WARDEN_CHILDREN_H
#define EXRUN_SANDBOX_WARDEN_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One process and its restarts. @pid: 0: it does not live. @is_ended: the warden ends it, so its end is no
 * failure. @is_stopped: by a signal (SIGSTOP). @n_failures: ends in a row that came soon after the start.
 * @n_bad_ends: all ends with a failure. @restart_ns: when it may start again (all times: CLOCK_MONOTONIC).
 * @killed_ns: when it was killed; 0: it was not. Of keepers only: @stuck_ns: when the front said that it does
 * not answer; 0: the front has not, or the keeper has worked since. @leave_ns: when it must have left,
 * because its profiles were replaced; 0: they are the newest. @has_last_run: @leave_ns is the end of a run.
 */
struct child {
    pid_t pid;
    bool is_ended, is_stopped, has_last_run;
    uint32_t generation;
    uint64_t started_ns, restart_ns, killed_ns, stuck_ns, leave_ns;
    unsigned int n_failures, n_bad_ends;
};

/* Forks the process. @ret_socket gets the end of a new pair for whoever talks to it, and the child the other
 * one in *ret_own. Returns 0 in the child, its process ID in the parent, or -errno. */
pid_t child_fork(struct child *child, int *ret_socket, int *ret_own);

/* Notes the end of the process, and decides when it starts again: at once after an end that was @fine,
 * otherwise after pause_ns() of the ends in a row that came within a minute of its start. */
void child_note_end(struct child *child, bool fine);

/* Returns true if one of @n processes lives. */
bool child_lives(const struct child *children, size_t n);

/* Kills the process, and notes when. */
void child_kill_one(struct child *child);

/* Kills those of @n processes that live. Their ends don't count as failures. */
void child_kill(struct child *children, size_t n);

/* Blocks SIGCHLD, SIGTERM, SIGINT and SIGHUP, and returns a descriptor that reads them (signalfd(2)), or
 * -errno. */
int child_signals(void);

/* Returns the milliseconds until it may start again. */
uint32_t child_pause_ms(const struct child *child, uint64_t now_ns);

#endif
