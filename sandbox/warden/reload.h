/* SPDX-License-Identifier: MIT */
/* The warden's reload of settings and profiles, at SIGHUP.
 *
 * A child without privileges loads them while the service goes on. If the child fails, or if it wrote
 * something wrong, everything stays as it was. Otherwise new keepers get the new profiles, and the front
 * retires those that have the old ones. The listeners are opened and closed as the new settings say; if one
 * can't be opened, everything stays. The number of keepers stays until a restart. */
#ifndef EXRUN_SANDBOX_WARDEN_RELOAD_H
#define EXRUN_SANDBOX_WARDEN_RELOAD_H

#include "sandbox/warden/state.h"

/* Starts the child. If it is loading already, it loads once more afterwards, because it can have read the
 * files before their last change. */
void reload_begin(struct warden *warden);

/* Puts into force what the child has loaded. @status: of waitpid(2). */
void reload_note_end(struct warden *warden, int status);

#endif
