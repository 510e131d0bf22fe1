/* SPDX-License-Identifier: MIT */
/* Reads JSON, and keeps track of the place. */
#include "runner/text/json.h"

#include <errno.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json_bounds.h"
#include "runner/text/json_place.h"
#include "sandbox/base/strv.h"

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

int json_in_fail(struct json_in *in, const char *what, ...)
{
    char text[sizeof(in->err->what)];
    va_list arguments;

    va_start(arguments, what);
    vsnprintf(text, sizeof(text), what, arguments);
    va_end(arguments);
    return error_set(in->err, -EINVAL, in->status, in->pointer, "%s", text);
}

size_t json_in_enter(struct json_in *in, const char *name)
{
    size_t mark = strlen(in->pointer);

    json_pointer_append(in->pointer, sizeof(in->pointer), name, strlen(name));
    return mark;
}

size_t json_in_enter_index(struct json_in *in, size_t index)
{
    char text[24];

    snprintf(text, sizeof(text), "%zu", index);
    return json_in_enter(in, text);
}

void json_in_leave(struct json_in *in, size_t mark)
{
    in->pointer[mark] = '\0';
}

const char *json_in_kind(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "a boolean";
    case JSON_NULL:
        return "null";
    }
    return "something else";
}

static const struct json_member *find_member(const struct json_member *members, const char *name)
{
    for (; members->name; members++)
        if (strcmp(members->name, name) == 0)
            return members;
    return NULL;
}

int json_in_object(struct json_in *in, const json_t *value, const struct json_member *members, void *target)
{
    const char *name;
    json_t *member;

    if (!json_is_object(value))
        return json_in_fail(in, "must be an object, not %s", json_in_kind(value));
    json_object_foreach((json_t *)value, name, member)
    {
        if (find_member(members, name))
            continue;
        json_in_enter(in, name);
        return json_in_fail(in, "is not a known member");
    }
    for (; members->name; members++) {
        size_t mark = json_in_enter(in, members->name);
        int r = 0;

        member = json_object_get(value, members->name);
        if (member)
            r = members->read(in, member, target);
        else if (members->is_required)
            r = json_in_fail(in, "is required");
        if (r < 0)
            return r;
        json_in_leave(in, mark);
    }
    return 0;
}

int json_in_array(struct json_in *in, const json_t *value, size_t most,
                  int (*read)(struct json_in *in, const json_t *value, void *target), void *target)
{
    size_t n = json_array_size(value);

    if (!json_is_array(value))
        return json_in_fail(in, "must be an array, not %s", json_in_kind(value));
    if (n > most)
        return json_in_fail(in, "has %zu elements; %zu are allowed", n, most);
    for (size_t i = 0; i < n; i++) {
        size_t mark = json_in_enter_index(in, i);
        int r = read(in, json_array_get(value, i), target);

        if (r < 0)
            return r;
        json_in_leave(in, mark);
    }
    return 0;
}

int json_in_text(struct json_in *in, const json_t *value, const char **ret)
{
    if (!json_is_string(value))
        return json_in_fail(in, "must be a string, not %s", json_in_kind(value));
    *ret = json_string_value(value);
    return 0;
}

int json_in_bool(struct json_in *in, const json_t *value, bool *ret)
{
    if (!json_is_boolean(value))
        return json_in_fail(in, "must be true or false, not %s", json_in_kind(value));
    *ret = json_is_true(value);
    return 0;
}

int json_in_string(struct json_in *in, const json_t *value, char **ret)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    *ret = strdup(text);
    return *ret ? 0 : error_memory(in->err);
}

/* From 2^53 on, a double can only be a whole number. */
static bool is_fraction(double number)
{
    const double most = 9007199254740992.0;

    return number > -most && number < most && number != (double)(int64_t)number;
}

int json_in_number(struct json_in *in, const json_t *value, uint64_t least, uint64_t most, uint64_t *ret)
{
    json_int_t number = json_integer_value(value);

    if (json_is_real(value))
        return json_in_fail(in,
                            is_fraction(json_real_value(value))
                                ? "must be a whole number, not a fraction"
                                : "must be a whole number of digits only, without a point or an exponent");
    if (!json_is_integer(value))
        return json_in_fail(in, "must be a whole number, not %s", json_in_kind(value));
    if (number < 0 || (uint64_t)number < least || (uint64_t)number > most)
        return json_in_fail(in, "must be from %" PRIu64 " to %" PRIu64 ", not %" JSON_INTEGER_FORMAT, least,
                            most, number);
    *ret = (uint64_t)number;
    return 0;
}

int json_in_add_string(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    return strv_add(target, text) < 0 ? error_memory(in->err) : 0;
}

int json_in_limits(struct json_in *in, const json_t *value, void *target)
{
    const struct limits most = limits_most();

    return json_in_limits_within(in, value, &most, target);
}

int json_in_limits_within(struct json_in *in, const json_t *value, const struct limits *most,
                          struct limits *target)
{
    const char *name;
    json_t *member;

    if (!json_is_object(value))
        return json_in_fail(in, "must be an object, not %s", json_in_kind(value));
    json_object_foreach((json_t *)value, name, member)
    {
        int limit = limits_find_key(name);
        size_t mark = json_in_enter(in, name);
        uint64_t number = 0;
        int r;

        if (limit < 0)
            return json_in_fail(in, "is not a known limit");
        r = json_in_number(in, member, limit_rows[limit].floor, limits_get(most, (enum limit)limit), &number);
        if (r < 0)
            return r;
        limits_set(target, limit, number);
        json_in_leave(in, mark);
    }
    return 0;
}

int json_in_bytes(struct json_in *in, const char *text, bool is_base64, struct bytes *ret)
{
    struct base64_decode_ctx context;
    size_t length = strlen(text), size = length;
    char *data = malloc((is_base64 ? BASE64_DECODE_LENGTH(length) : length) + 1);

    if (!data)
        return error_memory(in->err);
    if (is_base64) {
        base64_decode_init(&context);
        size = BASE64_DECODE_LENGTH(length);
        if (!base64_decode_update(&context, &size, (uint8_t *)data, length, text) ||
            !base64_decode_final(&context)) {
            free(data);
            json_in_fail(in, "is not base64");
            error_hint(in->err, "use RFC 4648, section 4, with padding");
            return -EINVAL;
        }
    } else {
        memcpy(data, text, length);
    }
    data[size] = '\0';
    *ret = (struct bytes){.data = data, .size = size};
    return 0;
}
