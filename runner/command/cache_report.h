/* SPDX-License-Identifier: MIT */
/* Reports what was prepared, for people and for machines. */
#ifndef EXRUN_RUNNER_COMMAND_CACHE_REPORT_H
#define EXRUN_RUNNER_COMMAND_CACHE_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/text/error.h"
#include "sandbox/run/prepare.h"

enum cache_state {
    CACHE_MADE,
    CACHE_THERE,
    CACHE_NOTHING, /* the profile has no command for it */
    CACHE_ABSENT,  /* the language is not installed */
    CACHE_FAILED,  /* the command, or keeping what it left */
    CACHE_REFUSED, /* the profile, or this machine: @why */
    CACHE_CANCELLED,
    N_CACHE_STATES,
};

/* @result: NULL unless the command was run. @why: set for CACHE_ABSENT and CACHE_REFUSED. */
struct cache_row {
    const char *name;
    enum cache_state state;
    const struct prepare_result *result;
    struct error why;
};

/* Text is printed at once, because a row takes seconds. With @is_json, one object is printed at the end. */
struct cache_report {
    FILE *out;
    bool is_json, has_failed, is_cancelled, lacks_memory;
    const char *cache; /* the cache's directory, for a sentence */
    void *rows;
};

enum cache_state cache_state_of(const struct prepare_result *result);

void cache_report_add(struct cache_report *report, const struct cache_row *row);

/* Returns 0, -ENOMEM, or the -errno of the write. */
int cache_report_close(struct cache_report *report);
void cache_report_deinit(struct cache_report *report);

#endif
