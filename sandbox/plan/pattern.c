/* SPDX-License-Identifier: MIT */
/* Shell patterns. The rules are those of glob(7) in the C locale, so each byte is a character. */
#include "sandbox/plan/pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_end(char c)
{
    return c == '\0' || c == '/';
}

/* Skips "alpha:]" behind "[[:". Returns NAME_CLASS if the class is unknown. */
static enum name_fault class_fault(const char **at)
{
    static const char *const classes[] = {"alnum:]", "alpha:]", "blank:]", "cntrl:]", "digit:]", "graph:]",
                                          "lower:]", "print:]", "punct:]", "space:]", "upper:]", "xdigit:]"};

    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
        if (strncmp(*at, classes[i], strlen(classes[i])) == 0) {
            *at += strlen(classes[i]);
            return NAME_FINE;
        }
    return NAME_CLASS;
}

/* Takes one byte of a set, either plain or behind a backslash. */
static enum name_fault take_byte(const char **at, unsigned char *ret)
{
    if (**at == '\\')
        ++*at;
    if (is_end(**at))
        return NAME_OPEN_SET;
    *ret = (unsigned char)*(*at)++;
    return NAME_FINE;
}

/* Takes a byte, or a range of bytes. */
static enum name_fault range_fault(const char **at)
{
    unsigned char first = 0, last = 0;
    enum name_fault fault = take_byte(at, &first);

    if (fault || **at != '-' || (*at)[1] == ']')
        return fault;
    ++*at;
    fault = take_byte(at, &last);
    if (!fault && last < first)
        fault = NAME_RANGE;
    return fault;
}

/* Takes the rest of a set behind "[". A "]" in the first position belongs to the set. */
static enum name_fault set_fault(const char **at)
{
    enum name_fault fault = NAME_FINE;
    const char *first;

    if (**at == '!' || **at == '^')
        ++*at;
    for (first = *at; !fault && (**at != ']' || *at == first);) {
        bool is_named = **at == '[' && (*at)[1] && strchr(":.=", (*at)[1]);

        if (is_named && (*at)[1] != ':')
            return NAME_COLLATION;
        if (is_named)
            *at += 2;
        fault = is_named ? class_fault(at) : range_fault(at);
    }
    ++*at;
    return fault;
}

enum name_fault pattern_check(const char *pattern)
{
    enum name_fault fault = NAME_FINE;

    while (!fault && *pattern) {
        char c = *pattern++;

        if (c == '\\' && is_end(*pattern))
            fault = NAME_BACKSLASH;
        else if (c == '\\')
            pattern++;
        else if (c == '[')
            fault = set_fault(&pattern);
    }
    return fault;
}
