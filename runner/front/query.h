/* SPDX-License-Identifier: MIT */
/* The query of a request: NAME=VALUE, and more of them after "&". */
#ifndef EXRUN_RUNNER_FRONT_QUERY_H
#define EXRUN_RUNNER_FRONT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_member { QUERY_LEAN, QUERY_FORGET, QUERY_CLOSE, QUERY_AT, N_QUERY_MEMBERS };

/* A bit for a member, in @given and in what a resource allows. */
#define QUERY_BIT(member) (1U << (member))

/* @value: the only one that the member can have; NULL: a number. */
struct query_row {
    const char *name, *value;
};

extern const struct query_row query_rows[N_QUERY_MEMBERS];

/* @given: the members that it has. @at: the number of QUERY_AT. */
struct query {
    unsigned int given;
    uint64_t at;
};

/* Reads @text, which is not decoded, because no value of ours needs an escape. Returns false if it has a
 * member that is not in @allowed, or one twice, or another value. */
bool query_read(const char *text, unsigned int allowed, struct query *ret);

/* Writes what a resource allows, for a person: "close=1&at=NUMBER". */
void query_describe(unsigned int allowed, char *ret, size_t room);

#endif
