/* SPDX-License-Identifier: MIT */
/* Values as bytes, for another process of exrun.
 *
 * One walk over a struct packs it or unpacks it, so the two directions can't differ. The reader trusts
 * nothing: a number above its bound, a text without its NUL or with another one inside, a list that does not
 * fit, or bytes that are left over make the whole packing invalid. Everything that was read into the struct
 * so far is owned by the struct, so its own function frees it. Native byte order, because both processes run
 * the same program. */
#ifndef EXRUN_SANDBOX_BASE_PACK_H
#define EXRUN_SANDBOX_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* @data, @size: what is written, owned; or what is read, borrowed. @at: offset of the next value to read.
 * @error: the first failure, -ENOMEM or -EBADMSG; afterwards, all calls do nothing. */
struct pack {
    bool is_reading;
    char *data;
    size_t size, at;
    size_t room;
    int error;
};

#define PACK_READ(bytes, length)                              \
    {                                                         \
        .is_reading = true, .data = (bytes), .size = (length) \
    }

/* A number of at most @most. */
void pack_u64(struct pack *pack, uint64_t *value, uint64_t most);

/* Bytes of any kind; NULL is not the same as none. A buffer that was read ends in a NUL, which @size does not
 * count. */
void pack_bytes(struct pack *pack, char **data, size_t *size);

/* A text, or NULL. */
void pack_text(struct pack *pack, char **text);

/* A list of texts (base/strv.h); NULL is not the same as an empty list. */
void pack_texts(struct pack *pack, char ***texts);

/* The number of elements of a list. If reading, allocates @items with room for one more element, all bytes 0.
 * Returns how many elements the caller packs next. Sets @n to that number only if there are so many. */
size_t pack_list(struct pack *pack, void **items, size_t *n, size_t element_size);

/* An integer of any type as a number of at most @most. */
#define PACK_NUMBER(pack, lvalue, most)            \
    do {                                           \
        uint64_t _value = (uint64_t)(lvalue);      \
                                                   \
        pack_u64(pack, &_value, most);             \
        if ((pack)->is_reading)                    \
            (lvalue) = (__typeof__(lvalue))_value; \
    } while (0)

/* Returns 0 if all bytes were read, or written; otherwise -ENOMEM or -EBADMSG. */
int pack_end(const struct pack *pack);

/* Frees what was written. */
void pack_deinit(struct pack *pack);

#endif
