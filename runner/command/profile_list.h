/* SPDX-License-Identifier: MIT */
/* Profiles as people and machines read them. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILE_LIST_H
#define EXRUN_RUNNER_COMMAND_PROFILE_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/language/language.h"
#include "sandbox/base/error.h"

/* One line of a list. @program: the path of what runs or compiles it; NULL where it is not here. @why: what
 * is missing where it is not usable. */
struct profiles_row {
    const char *name, *title, *file, *program, *version;
    bool is_usable;
    const struct error *why;
};

/* A list is opened, gets its rows, and is closed; as a table, or with @is_json as one object. */
struct profiles_list {
    FILE *out;
    bool is_json;
    void *rows;
};

void profiles_open(struct profiles_list *list, bool is_json, FILE *out);
void profiles_add(struct profiles_list *list, const struct profiles_row *row);

/* 0, -ENOMEM, or why it can't be written. */
int profiles_close(struct profiles_list *list);

/* One profile whole: its file, its commands, and the limits that come of it. The same outcomes. */
int profiles_show(const struct language *language, FILE *out);

#endif
