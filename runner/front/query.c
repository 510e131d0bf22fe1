/* SPDX-License-Identifier: MIT */
/* The query of a request. */
#include "runner/front/query.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_DIGITS 15 /* fits into 53 bits, which every client has */

const struct query_row query_rows[N_QUERY_MEMBERS] = {
    [QUERY_LEAN] = {"lean", QUERY_WORD, {"1"}},
    [QUERY_FORGET] = {"forget", QUERY_WORD, {"1"}},
    [QUERY_CLOSE] = {"close", QUERY_WORD, {"1"}},
    [QUERY_AT] = {"at", QUERY_NUMBER},
    [QUERY_AS] = {"as", QUERY_WORD, {[QUERY_AS_HTML] = "html", [QUERY_AS_SVG] = "svg"}},
    [QUERY_SCRIPTS] = {"scripts", QUERY_WORD, {"1"}},
    [QUERY_KEY] = {"key", QUERY_TEXT},
};

static bool read_number(const char *text, size_t size, uint64_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *ret = *ret * 10 + (uint64_t)(text[i] - '0');
    }
    return size > 0 && size <= NUMBER_DIGITS;
}

static bool read_word(enum query_member member, const char *text, size_t size, struct query *query)
{
    const char *const *words = query_rows[member].words;

    for (int i = 0; words[i]; i++)
        if (strlen(words[i]) == size && strncmp(words[i], text, size) == 0) {
            query->as = member == QUERY_AS ? (enum query_as)i : query->as;
            return true;
        }
    return false;
}

static bool read_value(enum query_member member, const char *text, size_t size, struct query *query)
{
    if (query_rows[member].kind == QUERY_WORD)
        return read_word(member, text, size, query);
    if (query_rows[member].kind == QUERY_NUMBER)
        return read_number(text, size, &query->at);
    query->key = text;
    query->key_size = size;
    return size > 0;
}

/* Reads one member, which has @size bytes. */
static bool read_member(const char *text, size_t size, unsigned int allowed, struct query *query)
{
    for (enum query_member member = 0; member < N_QUERY_MEMBERS; member++) {
        const struct query_row *row = &query_rows[member];
        size_t length = strlen(row->name);

        if (!(allowed & QUERY_BIT(member)) || size <= length || text[length] != '=' ||
            strncmp(text, row->name, length) != 0)
            continue;
        if (query->given & QUERY_BIT(member))
            return false;
        query->given |= QUERY_BIT(member);
        return read_value(member, text + length + 1, size - length - 1, query);
    }
    return false;
}

bool query_read(const char *text, unsigned int allowed, struct query *ret)
{
    *ret = (struct query){0};
    for (;;) {
        size_t size = strcspn(text, "&");

        if (!read_member(text, size, allowed, ret))
            return false;
        if (text[size] == '\0')
            return true;
        text += size + 1;
    }
}

void query_describe(unsigned int allowed, char *ret, size_t room)
{
    static const char *const kinds[] = {[QUERY_NUMBER] = "NUMBER", [QUERY_TEXT] = "TEXT"};
    size_t at = 0;

    *ret = '\0';
    for (int member = 0; member < N_QUERY_MEMBERS; member++) {
        const struct query_row *row = &query_rows[member];
        const char *first = row->kind == QUERY_WORD ? row->words[0] : kinds[row->kind];

        if (!(allowed & QUERY_BIT(member)) || at >= room)
            continue;
        at += (size_t)snprintf(ret + at, room - at, "%s%s=%s", at > 0 ? "&" : "", row->name, first);
        for (int i = 1; row->kind == QUERY_WORD && row->words[i] && at < room; i++)
            at += (size_t)snprintf(ret + at, room - at, "|%s", row->words[i]);
    }
}
