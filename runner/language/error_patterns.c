/* SPDX-License-Identifier: MIT */
/* The member "errors" of a profile: how a language words its mistakes. */
#include <stdlib.h>
#include <string.h>

#include "runner/language/error_kinds.h"
#include "runner/language/language_members.h"
#include "sandbox/plan/profile.h"

static int read_begins(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct profile *)target)->error_begins);
}

static int read_line(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct profile *)target)->error_line);
}

/* Where a message names several lines of the file: the one that is meant. */
static int read_line_is(struct json_in *in, const json_t *value, void *target)
{
    struct profile *profile = target;
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    profile->error_line_is_last = strcmp(text, "last") == 0;
    return profile->error_line_is_last || strcmp(text, "first") == 0
               ? 0
               : json_in_fail(in, "must be \"first\" or \"last\"");
}

static int read_match(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct profile_error *)target)->match);
}

static int read_is(struct json_in *in, const json_t *value, void *target)
{
    struct profile_error *error = target;
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    error->kind = error_kind_find(text);
    return error->kind >= 0 ? 0 : json_in_fail(in, "\"%.40s\" is no kind of error that is known here", text);
}

static int read_kind(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"is", read_is, true}, {"match", read_match, true}, {NULL}};
    struct profile *profile = target;

    return json_in_object(in, value, members, &profile->errors[profile->n_errors++]);
}

static int read_kinds(struct json_in *in, const json_t *value, void *target)
{
    struct profile *profile = target;

    profile->errors = calloc(json_array_size(value) + 1, sizeof(*profile->errors));
    return profile->errors ? json_in_array(in, value, PROFILE_MOST_ITEMS, read_kind, profile)
                           : error_memory(in->err);
}

int profile_read_errors(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"begins", read_begins, false},
                                                 {"line", read_line, false},
                                                 {"line_is", read_line_is, false},
                                                 {"kinds", read_kinds, false},
                                                 {NULL}};

    return json_in_object(in, value, members, target);
}
