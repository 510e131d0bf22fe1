/* SPDX-License-Identifier: MIT */
/* Reads JSON with typed getters over jansson. They keep track of the JSON pointer (RFC 6901) of the
 * current place, so that every mistake is reported with its place. Requests and profiles are only
 * read through these functions. */
#ifndef EXRUN_RUNNER_TEXT_JSON_H
#define EXRUN_RUNNER_TEXT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "runner/text/error.h"
#include "sandbox/plan/job.h"

/* The current place in a document. @status: the exit status for a mistake in this document, as a
 * value of sysexits.h. After a failure the pointer stays at the mistake, and the reader can't be
 * used any more. */
struct json_in {
    struct error *err;
    int status;
    char pointer[sizeof(((struct error *)0)->where)];
};

/* A member of an object: its name, the function that reads it into the object's target, and whether
 * it is required. */
struct json_member {
    const char *name;
    int (*read)(struct json_in *in, const json_t *value, void *target);
    bool is_required;
};

/* Reports a mistake at the current place. Returns -EINVAL. */
int json_in_fail(struct json_in *in, const char *what, ...) __attribute__((format(printf, 2, 3)));

/* Steps into a member or an element. Returns the value that json_in_leave() needs. */
size_t json_in_enter(struct json_in *in, const char *name);
size_t json_in_enter_index(struct json_in *in, size_t index);
void json_in_leave(struct json_in *in, size_t mark);

/* Expects an object with no other members than those of @members (the last has no name), and reads
 * each of them, in the order of the table. */
int json_in_object(struct json_in *in, const json_t *value, const struct json_member *members, void *target);

/* Expects an object whose members' names are its writer's own, and reads each of them. */
int json_in_map(struct json_in *in, const json_t *value,
                int (*read)(struct json_in *in, const char *name, const json_t *value, void *target),
                void *target);

/* Expects an array of at most @most elements, and reads each of them. */
int json_in_array(struct json_in *in, const json_t *value, size_t most,
                  int (*read)(struct json_in *in, const json_t *value, void *target), void *target);

/* Expects a string without NULs. Sets *ret to a copy, which the caller owns. */
int json_in_string(struct json_in *in, const json_t *value, char **ret);

/* Does the same without a copy: *ret is borrowed from the document. */
int json_in_text(struct json_in *in, const json_t *value, const char **ret);

/* Expects true or false. */
int json_in_bool(struct json_in *in, const json_t *value, bool *ret);

/* Expects a whole number between @least and @most. */
int json_in_number(struct json_in *in, const json_t *value, uint64_t least, uint64_t most, uint64_t *ret);

/* Reads an element of an array: @target is a char ***, to which the string is added. */
int json_in_add_string(struct json_in *in, const json_t *value, void *target);

/* Expects an object of limits; those that it names are set in @target, a struct limits. */
int json_in_limits(struct json_in *in, const json_t *value, void *target);

/* Does the same with highest values that are not those of limits_most(). */
int json_in_limits_within(struct json_in *in, const json_t *value, const struct limits *most,
                          struct limits *target);

/* Decodes UTF-8 text (base64 if @is_base64) into bytes that the caller owns. */
int json_in_bytes(struct json_in *in, const char *text, bool is_base64, struct bytes *ret);

/* Returns the type of @value in words: "a string". */
const char *json_in_kind(const json_t *value);

#endif
