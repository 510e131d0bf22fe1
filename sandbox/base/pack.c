/* SPDX-License-Identifier: MIT */
/* Values as bytes, for another process of exrun. */
#include "sandbox/base/pack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/strv.h"

#define MISSING UINT64_MAX

static void fail(struct pack *pack, int error)
{
    if (pack->error == 0)
        pack->error = error;
}

/* Returns where @size more bytes can be written, or NULL. */
static char *grow(struct pack *pack, size_t size)
{
    if (pack->error != 0)
        return NULL;
    if (size > pack->room - pack->size) {
        size_t room = 2 * (pack->size + size) + 256;
        char *grown = room > size ? realloc(pack->data, room) : NULL;

        if (!grown) {
            fail(pack, -ENOMEM);
            return NULL;
        }
        pack->data = grown;
        pack->room = room;
    }
    pack->size += size;
    return pack->data + pack->size - size;
}

/* Returns the next @size bytes that were packed, or NULL. */
static const char *next(struct pack *pack, uint64_t size)
{
    if (pack->error != 0)
        return NULL;
    if (size > pack->size - pack->at) {
        fail(pack, -EBADMSG);
        return NULL;
    }
    pack->at += size;
    return pack->data + pack->at - size;
}

static void write_number(struct pack *pack, uint64_t value)
{
    char *to = grow(pack, sizeof(value));

    if (to)
        memcpy(to, &value, sizeof(value));
}

static uint64_t read_number(struct pack *pack, uint64_t most)
{
    const char *from = next(pack, sizeof(uint64_t));
    uint64_t value = 0;

    if (from)
        memcpy(&value, from, sizeof(value));
    if (value > most)
        fail(pack, -EBADMSG);
    return pack->error == 0 ? value : 0;
}

void pack_u64(struct pack *pack, uint64_t *value, uint64_t most)
{
    if (pack->is_reading)
        *value = read_number(pack, most);
    else
        write_number(pack, *value);
}

static void read_bytes(struct pack *pack, char **ret, size_t *ret_size)
{
    uint64_t size = read_number(pack, MISSING);
    const char *from;
    char *copy;

    *ret = NULL;
    *ret_size = 0;
    if (pack->error != 0 || size == MISSING)
        return;
    from = next(pack, size);
    copy = from ? malloc(size + 1) : NULL;
    if (!copy) {
        fail(pack, -ENOMEM);
        return;
    }
    memcpy(copy, from, size);
    copy[size] = '\0';
    *ret = copy;
    *ret_size = size;
}

void pack_bytes(struct pack *pack, char **data, size_t *size)
{
    char *to;

    if (pack->is_reading) {
        read_bytes(pack, data, size);
        return;
    }
    write_number(pack, *data ? *size : MISSING);
    to = *data && *size > 0 ? grow(pack, *size) : NULL;
    if (to)
        memcpy(to, *data, *size);
}

void pack_text(struct pack *pack, char **text)
{
    size_t size = !pack->is_reading && *text ? strlen(*text) : 0;

    pack_bytes(pack, text, &size);
    if (pack->is_reading && *text && strlen(*text) != size)
        fail(pack, -EBADMSG);
}

void pack_texts(struct pack *pack, char ***texts)
{
    size_t n = pack->is_reading ? 0 : strv_length(*texts);
    bool is_there = pack->is_reading || *texts != NULL;

    PACK_NUMBER(pack, is_there, 1);
    if (pack->is_reading)
        *texts = NULL;
    if (!is_there || pack->error != 0)
        return;
    n = pack_list(pack, (void **)texts, &n, sizeof(**texts));
    for (size_t i = 0; i < n && pack->error == 0; i++) {
        pack_text(pack, &(*texts)[i]);
        if (pack->error == 0 && !(*texts)[i])
            fail(pack, -EBADMSG);
    }
}

size_t pack_list(struct pack *pack, void **items, size_t *n, size_t element_size)
{
    uint64_t many = *n;

    /* Each element has at least one number. */
    pack_u64(pack, &many, pack->is_reading ? (pack->size - pack->at) / sizeof(uint64_t) : MISSING);
    if (!pack->is_reading)
        return pack->error == 0 ? many : 0;
    *n = 0;
    *items = NULL;
    if (pack->error != 0)
        return 0;
    *items = calloc(many + 1, element_size);
    if (!*items) {
        fail(pack, -ENOMEM);
        return 0;
    }
    *n = many;
    return many;
}

int pack_end(const struct pack *pack)
{
    if (pack->error == 0 && pack->is_reading && pack->at != pack->size)
        return -EBADMSG;
    return pack->error;
}

void pack_deinit(struct pack *pack)
{
    free(pack->data);
    *pack = (struct pack){0};
}
