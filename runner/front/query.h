/* SPDX-License-Identifier: MIT */
/* The query of a request: NAME=VALUE, and more of them after "&". */
#ifndef EXRUN_RUNNER_FRONT_QUERY_H
#define EXRUN_RUNNER_FRONT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_member {
    QUERY_LEAN,
    QUERY_FORGET,
    QUERY_CLOSE,
    QUERY_AT,
    QUERY_AS,
    QUERY_SCRIPTS,
    QUERY_KEY,
    N_QUERY_MEMBERS,
};

/* Values of QUERY_AS, in the order of its row. */
enum query_as { QUERY_AS_HTML, QUERY_AS_SVG };

/* A bit for a member, in @given and in what a resource allows. */
#define QUERY_BIT(member) (1U << (member))

enum query_kind { QUERY_WORD, QUERY_NUMBER, QUERY_TEXT };

/* @words: those that a QUERY_WORD can have. */
struct query_row {
    const char *name;
    enum query_kind kind;
    const char *words[3];
};

extern const struct query_row query_rows[N_QUERY_MEMBERS];

/* @given: the members that it has. @at: the number of QUERY_AT. @as: the word of QUERY_AS. @key: the text of
 * QUERY_KEY, without a NUL, inside the text that was read. */
struct query {
    unsigned int given;
    uint64_t at;
    enum query_as as;
    const char *key;
    size_t key_size;
};

/* Reads @text, which is not decoded, because no value of ours needs an escape. Returns false if it has a
 * member that is not in @allowed, or one twice, or another value. */
bool query_read(const char *text, unsigned int allowed, struct query *ret);

/* Writes what a resource allows, for a person: "close=1&at=NUMBER", "as=html|svg&key=TEXT". */
void query_describe(unsigned int allowed, char *ret, size_t room);

#endif
