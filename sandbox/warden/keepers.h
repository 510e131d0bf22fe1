/* SPDX-License-Identifier: MIT */
/* The warden's keepers: their starts and ends. */
#ifndef EXRUN_SANDBOX_WARDEN_KEEPERS_H
#define EXRUN_SANDBOX_WARDEN_KEEPERS_H

#include "sandbox/warden/state.h"

/* Starts those that do not live and whose pause is over, and hands their sockets to the front. */
void keepers_start(struct warden *warden);

/* Notes the end of the keeper with the process ID @pid, if it is one, and tells the front. @status: of
 * waitpid(2). */
void keepers_note_end(struct warden *warden, pid_t pid, int status);

/* Notes that the keeper with the process ID @pid, if it is one, was stopped by a signal, or goes on. */
void keepers_note_stop(struct warden *warden, pid_t pid, bool is_stopped);

/* Notes that all keepers have profiles that were replaced. They must leave, at the latest after the run that
 * they have. */
void keepers_note_reload(struct warden *warden);

/* Kills the keepers that hang, and the one that the front has given up, if it is stopped. If it is not, but
 * has nothing to do and stays so, it is killed later: one that has not begun has said no time. The front may
 * be wrong, or lie: what the keeper itself said, and the kernel of it, counts. With a lie, a front loses a
 * keeper that has nothing to do, which it could retire as well. */
void keepers_note_stuck(struct warden *warden, const struct wire_keeper *stuck);

/* Kills the keepers that hang, and those with replaced profiles that do not leave. Another process takes the
 * place of one that was killed and does not end. */
void keepers_look(struct warden *warden);

#endif
