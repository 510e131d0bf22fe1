/* SPDX-License-Identifier: MIT */
/* Reads the values of a document, and keeps track of the place. */
#include "runner/text/json.h"

#include <errno.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json_place.h"
#include "sandbox/base/strv.h"

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

int json_in_map(struct json_in *in, const json_t *value,
                int (*read)(struct json_in *in, const char *name, const json_t *value, void *target),
                void *target)
{
    const char *name;
    json_t *member;

    if (!json_is_object(value))
        return json_in_fail(in, "must be an object, not %s", json_in_kind(value));
    json_object_foreach((json_t *)value, name, member)
    {
        size_t mark = json_in_enter(in, name);
        int r = read(in, name, member, target);

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

struct limits_within {
    const struct limits *most;
    struct limits *target;
};

static int read_limit(struct json_in *in, const char *name, const json_t *value, void *target)
{
    const struct limits_within *within = target;
    int limit = limits_find_key(name);
    uint64_t number = 0;
    int r;

    if (limit < 0)
        return json_in_fail(in, "is not a known limit");
    r = json_in_number(in, value, limit_rows[limit].floor, limits_get(within->most, (enum limit)limit),
                       &number);
    if (r == 0)
        limits_set(within->target, limit, number);
    return r;
}

int json_in_limits_within(struct json_in *in, const json_t *value, const struct limits *most,
                          struct limits *target)
{
    struct limits_within within = {most, target};

    return json_in_map(in, value, read_limit, &within);
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
