/* SPDX-License-Identifier: MIT */
/* Reads the member "etc" of a profile: small files that the cell gets in its own /etc. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_ETC_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_ETC_H

#include "runner/text/json.h"

/* The file system that they are in has 1 MiB, for mount points as well. */
enum { LANGUAGE_MOST_ETC_BYTES = 65536 };

/* A reader of one member. @target: the struct language. */
int language_read_etc(struct json_in *in, const json_t *value, void *target);

/* Fails if a file would be in one of the profile's mounts, which are read-only. Called after all members
 * were read. */
int language_check_etc(struct json_in *in, void *target);

#endif
