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

/* Kills the keepers that hang. */
void keepers_look(struct warden *warden);

#endif
