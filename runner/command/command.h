/* SPDX-License-Identifier: MIT */
/* A command is a row of the table in main.c, which parses its options, prints its help and reports
 * its errors. */
#ifndef EXRUN_RUNNER_COMMAND_COMMAND_H
#define EXRUN_RUNNER_COMMAND_COMMAND_H

#include <stddef.h>

#include "runner/command/options.h"
#include "runner/text/error.h"

/* @run gets the values of @manual's options, @options_size bytes, and the words after them. It sets
 * *ret_status to the exit status, which is EX_OK by default, or returns < 0 with the reason in
 * @err. */
struct command {
    const char *name;
    const char *help; /* one line */
    const struct manual *manual;
    size_t options_size;
    size_t is_json; /* offset of the bool for refusals as JSON, or COMMAND_NO_JSON */
    int (*run)(const void *options, char *const *words, int *ret_status, struct error *err);
};

#define COMMAND_NO_JSON ((size_t)-1)

extern const struct command command_run, command_doctor, command_audit, command_clean, command_cache,
    command_profile, command_serve, command_status, command_maintenance;

#endif
