/* SPDX-License-Identifier: MIT */
/* The query of a request. */
#include "runner/front/query.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_DIGITS 15 /* fits into 53 bits, which every client has */

const struct query_row query_rows[N_QUERY_MEMBERS] = {
    [QUERY_LEAN] = {"lean", "1"},
    [QUERY_FORGET] = {"forget", "1"},
    [QUERY_CLOSE] = {"close", "1"},
    [QUERY_AT] = {"at", NULL},
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

static bool read_value(const struct query_row *row, const char *text, size_t size, struct query *query)
{
    if (!row->value)
        return read_number(text, size, &query->at);
    return strlen(row->value) == size && strncmp(row->value, text, size) == 0;
}

/* Reads one member, which has @size bytes. */
static bool read_member(const char *text, size_t size, unsigned int allowed, struct query *query)
{
    for (int member = 0; member < N_QUERY_MEMBERS; member++) {
        const struct query_row *row = &query_rows[member];
        size_t length = strlen(row->name);

        if (!(allowed & QUERY_BIT(member)) || size <= length || text[length] != '=' ||
            strncmp(text, row->name, length) != 0)
            continue;
        if (query->given & QUERY_BIT(member))
            return false;
        query->given |= QUERY_BIT(member);
        return read_value(row, text + length + 1, size - length - 1, query);
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
    size_t at = 0;

    *ret = '\0';
    for (int member = 0; member < N_QUERY_MEMBERS; member++)
        if (allowed & QUERY_BIT(member) && at < room)
            at += (size_t)snprintf(ret + at, room - at, "%s%s=%s", at > 0 ? "&" : "", query_rows[member].name,
                                   query_rows[member].value ? query_rows[member].value : "NUMBER");
}
