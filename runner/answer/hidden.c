/* SPDX-License-Identifier: MIT */
/* Leaves out lines of a compiler's messages. */
#include "runner/answer/hidden.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/explain.h"

#define MOST_LINE_BYTES 320 /* that are compared */

static bool has_no_main(const struct run_outcome *outcome, const struct language *language)
{
    const struct job no_job = {0};
    const struct explain_input input = {.end = EXPLAIN_COMPILER,
                                        .output = &outcome->errors,
                                        .entry = &no_job.source,
                                        .job = &no_job,
                                        .is_utf8 = true};
    struct explanation found;

    explain(language, &input, &found);
    return found.kind && strcmp(found.kind->word, "main") == 0;
}

static void remove_lines(struct bytes *text, struct expression *pattern)
{
    char *to = text->data;
    size_t length;

    for (char *at = text->data, *end = at + text->size; at < end; at += length) {
        char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((stop ? stop : end) - at);
        regmatch_t groups[EXPRESSION_GROUPS];

        length = stop ? line + 1 : line;
        if (expression_search(pattern, at, line < MOST_LINE_BYTES ? line : MOST_LINE_BYTES, groups))
            continue;
        memmove(to, at, length);
        to += length;
    }
    *to = '\0';
    text->size = (size_t)(to - text->data);
}

static void remove_rest(struct bytes *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (isalnum((unsigned char)text->data[i]))
            return;
    text->size = 0;
    *text->data = '\0';
}

void hidden_remove(struct run_result *result, const struct language *language)
{
    struct bytes *text = &result->compile.errors;

    if (language->n_hidden == 0 || result->verdict != VERDICT_COMPILE_FAILED ||
        result->compile.verdict == VERDICT_OK || text->size == 0 || !has_no_main(&result->compile, language))
        return;
    for (size_t i = 0; i < language->n_hidden; i++)
        remove_lines(text, language->hidden[i]);
    remove_rest(text);
}
