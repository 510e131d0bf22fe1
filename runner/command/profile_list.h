/* SPDX-License-Identifier: MIT */
/* Prints profiles for people and machines. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILE_LIST_H
#define EXRUN_RUNNER_COMMAND_PROFILE_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/language/language.h"
#include "runner/text/error.h"

/* A line of the list. @program: the path of the program that runs or compiles the language; NULL if
 * it is missing. @why: the reason if the language is not usable. @warm: whether the service starts the
 * interpreter ahead (front/front_warm.h). @warm_reason: why not; "": it does, or is not asked to. */
struct profiles_row {
    const char *name, *title, *file, *program, *version, *warm, *warm_reason;
    bool is_usable;
    const struct error *why;
};

/* A list is opened, gets its rows, and is closed. It is a table or, with @is_json, one object. */
struct profiles_list {
    FILE *out;
    bool is_json;
    void *rows;
};

void profiles_open(struct profiles_list *list, bool is_json, FILE *out);
void profiles_add(struct profiles_list *list, const struct profiles_row *row);

/* Returns 0, -ENOMEM, or the -errno of the write. */
int profiles_close(struct profiles_list *list);

/* Prints a whole profile: its file, its commands, and the resulting limits. @version: "": not known. Returns
 * the same values. */
int profiles_show(const struct language *language, const char *version, FILE *out);

#endif
