/* SPDX-License-Identifier: MIT */
/* The warden's listening sockets, which it opens and hands to the front. */
#ifndef EXRUN_SANDBOX_WARDEN_LISTENERS_H
#define EXRUN_SANDBOX_WARDEN_LISTENERS_H

#include "sandbox/warden/state.h"

/* Takes the sockets that a service manager has opened, each for the listener that has its address, and opens
 * the other listeners of the settings. Returns 0, or -errno with an index in @fault: FAULT_LISTENER,
 * FAULT_INHERITED. */
int listeners_open(struct warden *warden, struct fault *fault);

/* Replaces them with those of @settings: opens the new ones, keeps the ones that stay, and closes the others.
 * Returns 0; -errno and the index of the listener that can't be opened in *ret_index; or LISTENERS_E_KEPT and
 * the index of the old one that a service manager would keep open, so that its clients would wait for ever.
 * Unless 0 is returned, nothing has changed. The caller puts @settings into force. */
enum { LISTENERS_E_KEPT = 1 };
int listeners_renew(struct warden *warden, const struct load_settings *settings, unsigned int *ret_index);

/* Sends all of them to the front, which keeps those that it has. */
void listeners_send(const struct warden *warden);

/* Removes the Unix sockets from the file system, apart from those of a service manager. */
void listeners_remove(const struct warden *warden);

#endif
