/* SPDX-License-Identifier: MIT */
/* Reads the commands of a profile. Only for the files of this directory. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_COMMAND_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_COMMAND_H

#include "runner/text/json.h"
#include "sandbox/plan/profile.h"

enum { LANGUAGE_MOST_ITEMS = 256 };

/* Reads the command of a stage, and finds its program. The caller owns the parts of @stage, even on
 * failure. */
int language_read_command(struct json_in *in, const json_t *value, struct profile_stage *stage);

/* Refuses @words in the command @argv, because it has no files and arguments of a visitor. NULL ends both. */
int language_check_words(struct json_in *in, char *const *argv, const char *const *words);

#endif
