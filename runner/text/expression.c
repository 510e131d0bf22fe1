/* SPDX-License-Identifier: MIT */
/* Searches a text for a pattern, with what was compiled for an earlier search. */
#include "runner/text/expression.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

/* While it searches, glibc remembers each state that a text leads to, and never forgets one (glibc 2.36,
 * posix/regexec.c). The text can be a visitor's, so a pattern is compiled anew after that many bytes. */
#define KEPT_BYTES ((size_t)256 << 10)

/* @left: bytes that may still be searched. */
struct compiled {
    regex_t regex;
    size_t left;
};

/* @kept: NULL if none is, or while a thread uses it. A second thread compiles one of its own meanwhile. */
struct expression {
    _Atomic(struct compiled *) kept;
    int flags;
    char text[];
};

static void compiled_free(struct compiled *compiled)
{
    if (compiled)
        regfree(&compiled->regex);
    free(compiled);
}

struct expression *expression_new(const char *text, int flags)
{
    size_t size = strlen(text) + 1;
    struct expression *expression = calloc(1, sizeof(*expression) + size);

    if (!expression)
        return NULL;
    expression->flags = flags | REG_EXTENDED;
    memcpy(expression->text, text, size);
    return expression;
}

void expression_free(struct expression *expression)
{
    if (expression)
        compiled_free(expression->kept);
    free(expression);
}

int expression_check(const struct expression *expression, char *said, size_t room)
{
    regex_t regex;
    int r = regcomp(&regex, expression->text, expression->flags);

    if (r == 0)
        regfree(&regex);
    else
        regerror(r, &regex, said, room);
    return r == 0 ? 0 : -EINVAL;
}

/* Returns what is kept, or compiles it. The caller owns it then. */
static struct compiled *take(struct expression *expression)
{
    struct compiled *compiled = atomic_exchange(&expression->kept, NULL);

    if (compiled)
        return compiled;
    compiled = calloc(1, sizeof(*compiled));
    if (!compiled)
        return NULL;
    compiled->left = KEPT_BYTES;
    if (regcomp(&compiled->regex, expression->text, expression->flags) == 0)
        return compiled;
    free(compiled);
    return NULL;
}

/* Keeps it for the next search, unless it has seen enough. */
static void give_back(struct expression *expression, struct compiled *compiled, size_t searched)
{
    bool is_kept = searched < compiled->left;

    if (is_kept)
        compiled->left -= searched;
    compiled_free(is_kept ? atomic_exchange(&expression->kept, compiled) : compiled);
}

bool expression_search(struct expression *expression, const char *text, size_t size,
                       regmatch_t ret_groups[EXPRESSION_GROUPS])
{
    regmatch_t groups[EXPRESSION_GROUPS] = {{.rm_so = 0, .rm_eo = (regoff_t)size}};
    struct compiled *compiled = take(expression);
    bool is_found;

    if (!compiled)
        return false;
    is_found = regexec(&compiled->regex, text, EXPRESSION_GROUPS, groups, REG_STARTEND) == 0;
    give_back(expression, compiled, size);
    if (is_found)
        memcpy(ret_groups, groups, sizeof(groups));
    return is_found;
}
