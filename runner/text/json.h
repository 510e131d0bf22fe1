/* SPDX-License-Identifier: MIT */
/* Reading JSON with its place: typed getters over jansson that remember the JSON pointer (RFC 6901) they
 * stand at, so that whatever is wrong is told with where it is. Requests and profiles are read through here
 * and nothing else. */
#ifndef EXRUN_RUNNER_TEXT_JSON_H
#define EXRUN_RUNNER_TEXT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

/* Where in a document the reader stands. @status: what a mistake in this document is, as a value of
 * sysexits.h. After a failure the pointer stays at the mistake, and the reader is of no more use. */
struct json_in {
    struct error *err;
    int status;
    char pointer[sizeof(((struct error *)0)->where)];
};

/* One member of an object: its name, what reads it into the object's target, and whether it must stand there.
 */
struct json_member {
    const char *name;
    int (*read)(struct json_in *in, const json_t *value, void *target);
    bool is_required;
};

/* Parses @size bytes; *ret is the caller's to json_decref(). A key that stands twice, and a text that is no
 * JSON, are told with line and column. */
int json_in_parse(struct json_in *in, const char *text, size_t size, json_t **ret);

/* Has jansson's allocations watched, so that a lack of memory is told as that. For a program of our own,
 * before anything is parsed: in a library the allocator of everybody's jansson is not ours to change. */
void json_in_watch_memory(void);

/* Something is wrong here. Returns -EINVAL. */
int json_in_fail(struct json_in *in, const char *what, ...) __attribute__((format(printf, 2, 3)));

/* Steps into a member or an element; json_in_leave() wants what this gave. */
size_t json_in_enter(struct json_in *in, const char *name);
size_t json_in_enter_index(struct json_in *in, size_t index);
void json_in_leave(struct json_in *in, size_t mark);

/* Here must be an object that has no members but those of @members (the last has no name); each is read, in
 * the table's order. */
int json_in_object(struct json_in *in, const json_t *value, const struct json_member *members, void *target);

/* Here must be an array of at most @most elements; each is read. */
int json_in_array(struct json_in *in, const json_t *value, size_t most,
                  int (*read)(struct json_in *in, const json_t *value, void *target), void *target);

/* Here must be a string: a copy that the caller owns, without NULs. */
int json_in_string(struct json_in *in, const json_t *value, char **ret);

/* The same, borrowed from the document. */
int json_in_text(struct json_in *in, const json_t *value, const char **ret);

/* Here must be a whole number between @least and @most. */
int json_in_number(struct json_in *in, const json_t *value, uint64_t least, uint64_t most, uint64_t *ret);

/* Readers of array elements: @target is a char ***, to which the string is added. */
int json_in_add_string(struct json_in *in, const json_t *value, void *target);

/* Here must be an object of limits; those that are named are set in @target, a struct limits. */
int json_in_limits(struct json_in *in, const json_t *value, void *target);

/* Text that is UTF-8 (or @is_base64) as bytes that the caller owns. */
int json_in_bytes(struct json_in *in, const char *text, bool is_base64, struct bytes *ret);

/* What kind of thing @value is, in words: "a string". */
const char *json_in_kind(const json_t *value);

#endif
