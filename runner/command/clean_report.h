/* SPDX-License-Identifier: MIT */
/* Reports what was removed, for people and for machines. */
#ifndef EXRUN_RUNNER_COMMAND_CLEAN_REPORT_H
#define EXRUN_RUNNER_COMMAND_CLEAN_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sandbox/cell/reclaim.h"

/* @failed: the leftovers that could not be removed, each with its reason; owned. @had_cache: true
 * if the cache was cleared, too. @prepared: folders of prepared toolchains; without the cache, only
 * unfinished ones. */
struct clean_report {
    bool is_dry, had_cache;
    struct reclaim_count stale[N_RECLAIM_KINDS], compiled, prepared;
    void *failed;
    size_t n_failed;
};

/* Notes a leftover that could not be removed. Passed to reclaim_stale() with a struct clean_report. */
void clean_report_note(void *arg, enum reclaim_kind kind, const char *name, int error);

/* Returns 0, -ENOMEM, or the -errno of the write. */
int clean_report_write(const struct clean_report *report, bool is_json, FILE *out);

void clean_report_deinit(struct clean_report *report);

#endif
