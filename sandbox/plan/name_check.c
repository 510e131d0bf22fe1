/* SPDX-License-Identifier: MIT */
/* Checks of names. */
#include "sandbox/plan/name_check.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "sandbox/plan/pattern.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define LONGEST_PATH 1024
#define LONGEST_ARGUMENT (128 << 10) /* the kernel's MAX_ARG_STRLEN */

static enum name_fault check_part(const char *part, size_t length)
{
    if (length == 0)
        return NAME_EMPTY_PART;
    if (length > NAME_MAX)
        return NAME_LONG_PART;
    if (length == 2 && memcmp(part, "..", 2) == 0)
        return NAME_PARENT_PART;
    if (length == 1 && *part == '.')
        return NAME_SELF_PART;
    return NAME_FINE;
}

/* Returns true if @path contains a control character. In UTF-8, U+0080 to U+009F begin with the byte C2; they
 * control a terminal too. */
static bool has_control(const char *path)
{
    for (const unsigned char *c = (const unsigned char *)path; *c; c++)
        if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
            return true;
    return false;
}

enum name_fault name_check_path(const char *path)
{
    if (!*path)
        return NAME_EMPTY;
    if (*path == '/')
        return NAME_ABSOLUTE;
    if (strlen(path) > LONGEST_PATH)
        return NAME_TOO_LONG;
    if (has_control(path))
        return NAME_CONTROL;
    for (const char *part = path;; part = strchr(part, '/') + 1) {
        enum name_fault fault = check_part(part, strcspn(part, "/"));

        if (fault != NAME_FINE || !strchr(part, '/'))
            return fault;
    }
}

int name_compare_paths(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    if (*a == '\0' || *b == '\0')
        return (*a != '\0') - (*b != '\0');
    return *a == '/' || *b == '/' ? (*a != '/') - (*b != '/') : (unsigned char)*a - (unsigned char)*b;
}

enum name_fault name_check_pattern(const char *pattern)
{
    enum name_fault fault = name_check_path(pattern);

    return fault != NAME_FINE ? fault : pattern_check(pattern);
}

enum name_fault name_check_argument(const char *text)
{
    return strlen(text) < LONGEST_ARGUMENT ? NAME_FINE : NAME_LONG_ARGUMENT;
}

enum name_fault name_check_variable(const char *pair)
{
    size_t length = strspn(pair, LETTERS DIGITS "_");

    if (length == 0 || strchr(DIGITS, *pair) || pair[length] != '=')
        return NAME_NO_VARIABLE;
    return name_check_argument(pair);
}
