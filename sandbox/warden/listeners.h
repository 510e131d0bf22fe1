/* SPDX-License-Identifier: MIT */
/* The warden's listening sockets, which it opens and hands to the front. */
#ifndef EXRUN_SANDBOX_WARDEN_LISTENERS_H
#define EXRUN_SANDBOX_WARDEN_LISTENERS_H

#include "sandbox/warden/state.h"

/* Opens those of the settings. Returns 0, or -errno with the listener's index in @fault. */
int listeners_open(struct warden *warden, struct fault *fault);

/* Replaces them with those of @settings: opens the new ones, keeps the ones that stay, and closes the others.
 * Returns 0, or -errno and the index of the listener that can't be opened in *ret_index; then nothing has
 * changed. The caller puts @settings into force. */
int listeners_renew(struct warden *warden, const struct load_settings *settings, unsigned int *ret_index);

/* Sends all of them to the front, which keeps those that it has. */
void listeners_send(const struct warden *warden);

/* Removes the Unix sockets from the file system. */
void listeners_remove(const struct warden *warden);

#endif
