/* SPDX-License-Identifier: MIT */
/* What a clean-up removed, for people and for machines. */
#ifndef EXRUN_RUNNER_COMMAND_CLEAN_REPORT_H
#define EXRUN_RUNNER_COMMAND_CLEAN_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sandbox/cell/reclaim.h"

/* @failed: what would not go, as it was told; owned. @had_cache: compiled programs were to go, too. */
struct clean_report {
    bool is_dry, had_cache;
    struct reclaim_count stale[N_RECLAIM_KINDS], compiled;
    void *failed;
    size_t n_failed;
};

/* Notes what would not go; given to reclaim_stale() with a struct clean_report. */
void clean_report_note(void *arg, enum reclaim_kind kind, const char *name, int error);

/* 0, -ENOMEM, or why it can't be written. */
int clean_report_write(const struct clean_report *report, bool is_json, FILE *out);

void clean_report_deinit(struct clean_report *report);

#endif
