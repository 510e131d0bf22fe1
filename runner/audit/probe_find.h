/* SPDX-License-Identifier: MIT */
/* Finds the probes. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_FIND_H
#define EXRUN_RUNNER_AUDIT_PROBE_FIND_H

#include "runner/audit/probe.h"

struct probes {
    struct probe *items;
    size_t n;
};

/* Finds all probes in the folders of @directories, sorted by name. If a name exists twice, the
 * first directory's wins. The caller must call probes_deinit() even on failure. */
int probes_find(char *const *directories, struct probes *ret, struct error *err);
void probes_deinit(struct probes *probes);

#endif
