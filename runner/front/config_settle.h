/* SPDX-License-Identifier: MIT */
/* Completes a configuration for a machine.
 *
 * A default gives way to a given value, and two given values that contradict each other are refused. So a
 * member that is given alone never makes the configuration invalid because of another member's default. */
#ifndef EXRUN_RUNNER_FRONT_CONFIG_SETTLE_H
#define EXRUN_RUNNER_FRONT_CONFIG_SETTLE_H

#include "runner/front/config.h"

/* @memory_bytes: the largest memory limit that a run or a compile stage of the profile can have. */
struct config_host_profile {
    const char *name;
    uint64_t memory_bytes;
};

/* The machine. Everything is borrowed. At most LOAD_MOST_PROFILES profiles. @address: of the listener of a
 * configuration without "listen". */
struct config_host {
    uint64_t processors, memory_bytes;
    const char *address;
    const struct config_host_profile *profiles;
    size_t n_profiles;
};

/* Sets all members that are unset, and checks them against each other and @host. Afterwards
 * config->cells.pools has an element for each profile of @host, in its order. Call it once, after
 * config_read() succeeded. The caller must call config_deinit() even on failure. */
int config_settle(struct config *config, const struct config_host *host, struct error *err);

#endif
