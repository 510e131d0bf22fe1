/* SPDX-License-Identifier: MIT */
/* Bytes to which others are appended. */
#include "sandbox/base/growing.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 2048

/* Makes room for @size more bytes and a NUL. */
static int make_room(struct growing *growing, size_t size)
{
    size_t room = growing->room > 0 ? growing->room : FIRST_ROOM;
    char *grown;

    if (growing->room > growing->size && size < growing->room - growing->size)
        return 0;
    while (room - growing->size <= size) {
        if (room > SIZE_MAX / 2)
            return -ENOMEM;
        room *= 2;
    }
    grown = realloc(growing->data, room);
    if (!grown)
        return -ENOMEM;
    growing->data = grown;
    growing->room = room;
    return 0;
}

int growing_add(struct growing *growing, const char *bytes, size_t size)
{
    int r = make_room(growing, size);

    if (r < 0)
        return r;
    memcpy(growing->data + growing->size, bytes, size);
    growing->size += size;
    growing->data[growing->size] = '\0';
    return 0;
}

void growing_fit(struct growing *growing)
{
    char *data = growing->data ? realloc(growing->data, growing->size + 1) : NULL;

    if (!data)
        return;
    growing->data = data;
    growing->room = growing->size + 1;
}

void growing_deinit(struct growing *growing)
{
    free(growing->data);
    *growing = (struct growing){.data = NULL};
}
