/* SPDX-License-Identifier: MIT */
/* JSON pointers (RFC 6901): appending to one, and finding the one that belongs to a byte position.
 *
 * jansson says at which byte a document went wrong; people want to know in which member. This walks the text
 * up to that byte and keeps track of the containers it is in. It judges nothing: the text may be broken in
 * any way, and what it can't make sense of it steps over. Depth is bounded, so that a text of nothing but
 * brackets costs nothing. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runner/input/json.h"

#define MOST_LEVELS 64

void json_pointer_append(char *pointer, size_t room, const char *part, size_t length)
{
    size_t at = strlen(pointer);

    if (at + 2 > room)
        return;
    pointer[at++] = '/';
    for (size_t i = 0; i < length && at + 3 < room; i++) {
        if (part[i] == '~' || part[i] == '/') {
            pointer[at++] = '~';
            pointer[at++] = part[i] == '~' ? '0' : '1';
        } else {
            pointer[at++] = part[i];
        }
    }
    pointer[at] = '\0';
}

/* One container: an array at element @index, or an object at the member whose name is text[name … +length).
 */
struct level {
    bool array;
    bool value; /* behind the colon of an object's member */
    size_t index, name, length;
};

struct walk {
    const char *text;
    size_t size, at;
    struct level levels[MOST_LEVELS];
    size_t depth;
};

/* Steps over a string; @at stands behind its opening quote, and stops behind its closing one or at @end. */
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
        level->value = false;
        level->length = 0;
        level->index++;
    }
}

void json_place(const char *text, size_t size, size_t position, char *pointer, size_t room)
{
    struct walk walk = {.text = text, .size = size};
    size_t end = position < size ? position : size;

    while (walk.at < end)
        step(&walk, end);
    *pointer = '\0';
    for (size_t i = 0; i < walk.depth && i < MOST_LEVELS; i++) {
        const struct level *level = &walk.levels[i];
        char index[24];

        if (level->array) {
            snprintf(index, sizeof(index), "%zu", level->index);
            json_pointer_append(pointer, room, index, strlen(index));
        } else if (level->length > 0 && level->name + level->length <= size) {
            json_pointer_append(pointer, room, text + level->name, level->length);
        }
    }
}
