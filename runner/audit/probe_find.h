/* SPDX-License-Identifier: MIT */
/* Which probes there are. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_FIND_H
#define EXRUN_RUNNER_AUDIT_PROBE_FIND_H

#include "runner/audit/probe.h"

struct probes {
    struct probe *items;
    size_t n;
};

/* Finds all probes of the folders in @directories, by their names, each name once: the first
 * directory's. probes_deinit() in any case. */
int probes_find(char *const *directories, struct probes *ret, struct error *err);
void probes_deinit(struct probes *probes);

#endif
