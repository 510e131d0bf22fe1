/* SPDX-License-Identifier: MIT */
/* Parses a text, whoever wrote it, and reports its mistakes with their place. */
#include "runner/text/json_parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json_bounds.h"
#include "runner/text/json_place.h"

/* The message for a text that can't be read. The last row is for all errors without their own row. */
struct reading {
    enum json_error_code code;
    const char *what, *hint;
};

static const struct reading readings[] = {
    {json_error_duplicate_key, "is given twice", "remove one of the two"},
    {json_error_null_character, "contains a NUL", "send bytes that a string can't carry as base64"},
    {json_error_null_byte_in_key, "has a name that contains a NUL", ""},
    {json_error_invalid_utf8, "contains bytes that are not UTF-8", "send bytes that are not text as base64"},
    {json_error_numeric_overflow, "is too large a number", "send a number below 2^63"},
    {json_error_end_of_input_expected, "continues after its end", "send one JSON object and nothing else"},
    {json_error_premature_end_of_input, "ends too early", "send the whole JSON object"},
    {json_error_unknown, NULL, ""},
};

static const struct reading *find_reading(const json_error_t *problem)
{
    /* jansson has no error code for this case. */
    static const struct reading half = {json_error_invalid_syntax, "contains half of a surrogate pair",
                                        "send bytes that are not text as base64"};
    const struct reading *row = readings;
    enum json_error_code code = json_error_code(problem);

    if (strncmp(problem->text, "invalid Unicode", 15) == 0)
        return &half;
    while (row->what && row->code != code)
        row++;
    return row;
}

static int fail_reading(struct json_in *in, const json_error_t *problem)
{
    const struct reading *row = find_reading(problem);
    int column = problem->column > 0 ? problem->column : 1;

    if (row->what)
        json_in_fail(in, "%s (line %d, column %d)", row->what, problem->line, column);
    else
        json_in_fail(in, "is not JSON: %s (line %d, column %d)", problem->text, problem->line, column);
    if (*row->hint)
        error_hint(in->err, "%s", row->hint);
    return -EINVAL;
}

static void find_line(const char *text, size_t position, int *ret_line, int *ret_column)
{
    *ret_line = *ret_column = 1;
    for (size_t i = 0; i < position; i++) {
        *ret_column = text[i] == '\n' ? 1 : *ret_column + 1;
        *ret_line += text[i] == '\n';
    }
}

/* Refuses a text that can't be a document, or would cost too much to read. */
static int check_bounds(struct json_in *in, const char *text, size_t size, size_t *ret_values)
{
    static const struct {
        const char *what, *hint;
        int most; /* printed after @what, unless it is 0 */
    } rows[] = {
        [JSON_EMPTY] = {"is empty", "send one JSON object"},
        [JSON_BLANK] = {"contains only white space", "send one JSON object"},
        [JSON_MARKED] = {"begins with a byte order mark", "send UTF-8 without one"},
        [JSON_TOO_DEEP] = {"is nested deeper than level", "use five levels at most", JSON_MOST_LEVELS},
        [JSON_TOO_MANY] = {"has more values than are accepted,", "send fewer", JSON_MOST_VALUES},
    };
    size_t position;
    enum json_bound bound = json_bounds(text, size, &position, ret_values);
    char most[16] = "";
    int line, column;

    if (bound == JSON_WITHIN)
        return 0;
    json_place(text, size, position, in->pointer, sizeof(in->pointer));
    find_line(text, position, &line, &column);
    if (rows[bound].most > 0)
        snprintf(most, sizeof(most), " %d", rows[bound].most);
    json_in_fail(in, "%s%s (line %d, column %d)", rows[bound].what, most, line, column);
    error_hint(in->err, "%s", rows[bound].hint);
    return -EINVAL;
}

/* Returns true if the process can still have the memory that parsing takes at most: of a text that is one
 * string, the string, the buffer that it was collected in, of up to twice its size, and half of that while
 * it grows; and for each value an object of up to 256 bytes. jansson 2.14 does not check whether its buffer
 * could grow (lex_save()), and then writes past the end of the string that it copies from it. */
static bool has_memory(size_t size, size_t values)
{
    const size_t needed = 4 * size + 256 * values + 65536;
    void *volatile probe = malloc(needed); /* otherwise the compiler leaves it out */

    free(probe);
    return probe != NULL;
}

/* If memory runs out all the same, because another thread takes it, jansson reports that the text is wrong,
 * or silently leaves out a part of a string. So its allocations are watched from here. */
static _Thread_local bool lacked_memory;

static void *take_memory(size_t size)
{
    void *memory = malloc(size);

    lacked_memory |= !memory;
    return memory;
}

void json_in_watch_memory(void)
{
    json_set_alloc_funcs(take_memory, free);
}

int json_in_parse(struct json_in *in, const char *text, size_t size, json_t **ret)
{
    json_error_t problem = {0};
    json_t *document;
    size_t values;
    int r = check_bounds(in, text, size, &values);

    if (r < 0) {
        in->err->code = -EBADMSG;
        return r;
    }
    if (!has_memory(size, values))
        return error_memory(in->err);
    lacked_memory = false;
    /* Accepts a value of any type, which is valid JSON (RFC 8259). The caller checks the type. */
    document = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (lacked_memory) {
        json_decref(document);
        return error_memory(in->err);
    }
    if (document) {
        *ret = document;
        return 0;
    }
    json_place(text, size, problem.position > 0 ? (size_t)problem.position - 1 : 0, in->pointer,
               sizeof(in->pointer));
    r = fail_reading(in, &problem);
    in->err->code = -EBADMSG;
    return r;
}
