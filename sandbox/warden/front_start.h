/* SPDX-License-Identifier: MIT */
/* The warden's front: its start and its end. */
#ifndef EXRUN_SANDBOX_WARDEN_FRONT_START_H
#define EXRUN_SANDBOX_WARDEN_FRONT_START_H

#include "sandbox/warden/state.h"

/* Starts it, and sends it what it needs first. */
void front_start(struct warden *warden);

/* Sends it the profiles that are in force, and the listeners. */
void front_send_profiles(const struct warden *warden);

/* Keeps the operator's switches for the next front. */
void front_keep_switches(struct warden *warden, const struct wire_message *message);

/* Notes its end. @status: of waitpid(2). */
void front_note_end(struct warden *warden, int status);

/* Returns true if the front accepts connections, and its last message is not too old; or if the service is
 * ending, because then there can be no front any more. */
bool front_pulses(const struct warden *warden);

/* Kills it if its pulse has not come for a while. If it does not end then, another process takes its place.
 */
void front_look(struct warden *warden);

#endif
