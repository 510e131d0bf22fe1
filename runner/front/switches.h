/* SPDX-License-Identifier: MIT */
/* The operator's switches: maintenance, and profiles that are disabled.
 *
 * Pure: reads the two requests that change them, and packs them for the warden, which keeps them for the next
 * front. They are bounded, so that the packed bytes fit into one message. */
#ifndef EXRUN_RUNNER_FRONT_SWITCHES_H
#define EXRUN_RUNNER_FRONT_SWITCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "runner/text/error.h"
#include "sandbox/base/pack.h"

enum { SWITCHES_MESSAGE_BYTES = 500, SWITCHES_MOST_DISABLED = 256 };

/* The message if the operator gives none. */
#define SWITCHES_MESSAGE "the service is in maintenance; try again later"

/* Starts as {0}. @message: for clients, during maintenance; one line of UTF-8. @disabled: names of profiles,
 * owned (base/strv.h). They stay if a reload removes the profile, in case that it comes back. */
struct switches {
    bool is_maintenance;
    char message[SWITCHES_MESSAGE_BYTES + 1];
    char **disabled;
};

/* Reads {"on": BOOLEAN, "message": TEXT} and sets the switch. Returns 0, or -errno with the member in @err;
 * then nothing has changed. */
int switches_read_maintenance(struct switches *switches, const char *text, size_t size, struct error *err);

/* Reads {"disabled": BOOLEAN} for the profile @name, and sets its switch. Fails in the same way, with
 * EX_TEMPFAIL if too many profiles are disabled. */
int switches_read_profile(struct switches *switches, const char *name, const char *text, size_t size,
                          struct error *err);

bool switches_have_disabled(const struct switches *switches, const char *profile);

/* Packs or unpacks them. The caller must call switches_deinit() even if they are invalid. */
void switches_pack(struct pack *pack, struct switches *switches);

void switches_deinit(struct switches *switches);

#endif
