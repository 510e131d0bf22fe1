/* SPDX-License-Identifier: MIT */
/* Patterns of a shell's kind. The rules are those of glob(7), in the C locale: each byte is a character. */
#include "runner/input/pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_end(char c)
{
    return c == '\0' || c == '/';
}

/* "alpha:]", behind "[[:". */
static const char *class_fault(const char **at)
{
    static const char *const classes[] = {"alnum:]", "alpha:]", "blank:]", "cntrl:]", "digit:]", "graph:]",
                                          "lower:]", "print:]", "punct:]", "space:]", "upper:]", "xdigit:]"};

    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
        if (strncmp(*at, classes[i], strlen(classes[i])) == 0) {
            *at += strlen(classes[i]);
            return NULL;
        }
    return "has a class of characters that is none";
}

/* One byte of a set, as it is or behind a backslash. */
static const char *take_byte(const char **at, unsigned char *ret)
{
    if (**at == '\\')
        ++*at;
    if (is_end(**at))
        return "has a \"[\" without its \"]\"; a backslash before it takes it as it is";
    *ret = (unsigned char)*(*at)++;
    return NULL;
}

/* A byte, or a range of them. */
static const char *range_fault(const char **at)
{
    unsigned char first = 0, last = 0;
    const char *fault = take_byte(at, &first);

    if (fault || **at != '-' || (*at)[1] == ']')
        return fault;
    ++*at;
    fault = take_byte(at, &last);
    if (!fault && last < first)
        fault = "has a range whose end stands before its start";
    return fault;
}

/* What stands between "[" and "]"; a "]" in the first place is one of the set. */
static const char *set_fault(const char **at)
{
    const char *fault = NULL, *first;

    if (**at == '!' || **at == '^')
        ++*at;
    for (first = *at; !fault && (**at != ']' || *at == first);) {
        bool is_named = **at == '[' && (*at)[1] && strchr(":.=", (*at)[1]);

        if (is_named && (*at)[1] != ':')
            return "has a \"[.\" or \"[=\", which are not known here";
        if (is_named)
            *at += 2;
        fault = is_named ? class_fault(at) : range_fault(at);
    }
    ++*at;
    return fault;
}

const char *pattern_fault(const char *pattern)
{
    const char *fault = NULL;

    while (!fault && *pattern) {
        char c = *pattern++;

        if (c == '\\' && is_end(*pattern))
            fault = "has a part that ends in a backslash";
        else if (c == '\\')
            pattern++;
        else if (c == '[')
            fault = set_fault(&pattern);
    }
    return fault;
}
