/* SPDX-License-Identifier: MIT */
/* The files of a request that a compiler gets: "{sources}" of a profile's command. */
#ifndef EXRUN_SANDBOX_PLAN_SOURCES_H
#define EXRUN_SANDBOX_PLAN_SOURCES_H

#include "sandbox/plan/job.h"
#include "sandbox/plan/profile.h"

/* Returns true if @path has one of the endings of the language. */
bool sources_has_ending(const struct profile *profile, const char *path);

/* Adds to @argv the entry file and the request's other files with an ending of the language. Leaves out a
 * file that another one includes, because its content would be compiled twice, and a file whose name begins
 * with "@", because gcc would read options from it. The time that this takes grows with the size of the
 * request only, whatever is in the files. Returns 0 or -ENOMEM. */
int sources_add(char ***argv, const struct profile *profile, const struct job *job);

#endif
