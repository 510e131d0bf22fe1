/* SPDX-License-Identifier: MIT */
/* The members of a profile that are more than a text: steps, mounts, policy, errors. Each reads its member
 * into the struct profile that
 * @target is, with the place of every mistake (see text/json.h). For language/language_read.c alone. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_MEMBERS_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_MEMBERS_H

#include "runner/text/json.h"

enum { LANGUAGE_MOST_ITEMS = 256 };

/* A path relative to /box; *ret is the caller's. */
int language_read_file_name(struct json_in *in, const json_t *value, char **ret);

int language_read_version(struct json_in *in, const json_t *value, void *target);
int language_read_run(struct json_in *in, const json_t *value, void *target);
int language_read_compile(struct json_in *in, const json_t *value, void *target);
int language_read_mounts(struct json_in *in, const json_t *value, void *target);
int language_read_policy(struct json_in *in, const json_t *value, void *target);

#endif
