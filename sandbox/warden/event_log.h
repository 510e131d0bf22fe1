/* SPDX-License-Identifier: MIT */
/* The warden's part in the log: it opens the file, and reports its events.
 *
 * The front writes the lines, because a disk that stalls must not hold up the warden. While there is no
 * front, events wait for the next one; those that are left at the end of the service are written by the
 * warden. */
#ifndef EXRUN_SANDBOX_WARDEN_EVENT_LOG_H
#define EXRUN_SANDBOX_WARDEN_EVENT_LOG_H

#include "sandbox/warden/state.h"

/* Opens the file and draws the key under which clients are logged. A file that can't be opened is reported,
 * and there is no log until the next reload. Returns 0, or -errno if there are no random numbers. */
int event_log_open(struct warden *warden);

/* Opens the file of the settings in force again, and gives it to the front if it is another one: logrotate(8)
 * has renamed the old one, or the settings have changed. If it can't be opened, this is reported, and the old
 * one stays. */
void event_log_renew(struct warden *warden);

/* Gives a new front the file, and the events that waited for it. */
void event_log_greet(struct warden *warden);

/* Logs an event, or drops and counts it if too many wait already. */
void event_log_note(const struct warden *warden, const struct wire_event *event);

/* Writes what waits, at the end of the service. */
void event_log_end(struct warden *warden);

/* Closes the file and forgets the key, in a process that must not have them. */
void event_log_close(struct warden *warden);

#endif
