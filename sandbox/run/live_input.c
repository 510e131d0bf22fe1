/* SPDX-License-Identifier: MIT */
/* Input for a program's stdin that arrives while the program runs. */
#include "sandbox/run/live_input.h"

#include <errno.h>
#include <string.h>

int live_input_add(struct live_input *input, const char *bytes, size_t size)
{
    if (input->has_ended)
        return -EPIPE;
    if (size > sizeof(input->bytes) - input->size)
        return -ENOBUFS;
    memmove(input->bytes, input->bytes + input->from, input->size);
    input->from = 0;
    memcpy(input->bytes + input->size, bytes, size);
    input->size += size;
    return 0;
}

size_t live_input_take(struct live_input *input, char *ret, size_t size)
{
    if (size > input->size)
        size = input->size;
    memcpy(ret, input->bytes + input->from, size);
    input->from += size;
    input->size -= size;
    return size;
}
