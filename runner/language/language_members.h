/* SPDX-License-Identifier: MIT */
/* Reads the members of a profile that are more than a text: steps, mounts, policy, errors. Each
 * function reads its member into @target, a struct language, and reports the place of every
 * mistake (see text/json.h). Only for language/language_read.c. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_MEMBERS_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_MEMBERS_H

#include "runner/language/language_command.h"
#include "runner/text/json.h"

/* Reads a path relative to /box; the caller frees *ret. */
int language_read_file_name(struct json_in *in, const json_t *value, char **ret);

int language_read_version(struct json_in *in, const json_t *value, void *target);
int language_read_run(struct json_in *in, const json_t *value, void *target);
int language_read_compile(struct json_in *in, const json_t *value, void *target);
int language_read_prepare(struct json_in *in, const json_t *value, void *target);
int language_read_mounts(struct json_in *in, const json_t *value, void *target);
int language_read_policy(struct json_in *in, const json_t *value, void *target);

#endif
