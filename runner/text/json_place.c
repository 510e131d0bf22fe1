/* SPDX-License-Identifier: MIT */
/* Appends to JSON pointers (RFC 6901), and finds the pointer for a byte position.
 *
 * jansson reports the byte at which a document is wrong, but people need the member. This code
 * walks through the text up to that byte and keeps track of the containers around it. It does not
 * validate, because the text can be broken in any way. Everything unknown is skipped. The depth is
 * bounded, so a text that consists only of brackets costs nothing. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runner/text/json.h"
#include "runner/text/json_bounds.h"
#include "runner/text/json_place.h"

#define MOST_LEVELS JSON_MOST_LEVELS

static size_t escaped_length(const char *part, size_t length)
{
    size_t more = 0;

    for (size_t i = 0; i < length; i++)
        more += part[i] == '~' || part[i] == '/';
    return length + more;
}

bool json_pointer_append(char *pointer, size_t room, const char *part, size_t length)
{
    size_t at = strlen(pointer);

    if (at + 1 + escaped_length(part, length) >= room)
        return false;
    pointer[at++] = '/';
    for (size_t i = 0; i < length; i++) {
        if (part[i] == '~' || part[i] == '/') {
            pointer[at++] = '~';
            pointer[at++] = part[i] == '~' ? '0' : '1';
        } else {
            pointer[at++] = part[i];
        }
    }
    pointer[at] = '\0';
    return true;
}

/* A container: an array at element @index, or an object at the member whose name is text[name …
 * +length). */
struct level {
    bool array;
    bool named; /* in a member whose name was read */
    bool value; /* ... and after its colon */
    size_t index, name, length;
};

struct walk {
    const char *text;
    size_t size, at;
    struct level levels[MOST_LEVELS];
    size_t depth;
};

/* Skips a string. @at is after its opening quote, and is moved after its closing quote or to @end. */
static void skip_string(struct walk *walk, size_t end)
{
    while (walk->at < end && walk->text[walk->at] != '"')
        walk->at += walk->text[walk->at] == '\\' ? 2 : 1;
    walk->at++;
}

static void open_level(struct walk *walk, bool array)
{
    if (walk->depth < MOST_LEVELS)
        walk->levels[walk->depth] = (struct level){.array = array};
    walk->depth++;
}

static struct level *innermost(struct walk *walk)
{
    return walk->depth > 0 && walk->depth <= MOST_LEVELS ? &walk->levels[walk->depth - 1] : NULL;
}

static void step_string(struct walk *walk, size_t end)
{
    struct level *level = innermost(walk);
    size_t start = walk->at;

    skip_string(walk, end);
    if (level && !level->array && !level->value) {
        level->named = true;
        level->name = start;
        level->length = walk->at > start + 1 ? walk->at - start - 1 : 0;
    }
}

static void step(struct walk *walk, size_t end)
{
    struct level *level = innermost(walk);
    char c = walk->text[walk->at++];

    if (c == '"') {
        step_string(walk, end);
    } else if (c == '{' || c == '[') {
        open_level(walk, c == '[');
    } else if ((c == '}' || c == ']') && walk->depth > 0) {
        walk->depth--;
    } else if (c == ':' && level) {
        level->value = true;
    } else if (c == ',' && level) {
        level->value = level->named = false;
        level->index++;
    }
}

/* Appends a name with its escapes decoded: "\\u0041" is A. Returns false if it can't be decoded, or
 * contains a NUL. */
static bool append_name(const struct walk *walk, const struct level *level, char *pointer, size_t room)
{
    json_t *name = NULL;
    bool is_appended;

    if (level->named && level->name + level->length < walk->size)
        name = json_loadb(walk->text + level->name - 1, level->length + 2, JSON_DECODE_ANY, NULL);
    is_appended = json_is_string(name) &&
                  json_pointer_append(pointer, room, json_string_value(name), json_string_length(name));
    json_decref(name);
    return is_appended;
}

void json_place(const char *text, size_t size, size_t position, char *pointer, size_t room)
{
    struct walk walk = {.text = text, .size = size};
    size_t end = position < size ? position : size;
    bool is_known = true;

    while (walk.at < end)
        step(&walk, end);
    *pointer = '\0';
    for (size_t i = 0; i < walk.depth && i < MOST_LEVELS && is_known; i++) {
        const struct level *level = &walk.levels[i];
        char index[24];

        snprintf(index, sizeof(index), "%zu", level->index);
        is_known = level->array ? json_pointer_append(pointer, room, index, strlen(index))
                                : append_name(&walk, level, pointer, room);
    }
}
