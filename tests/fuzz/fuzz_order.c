/* SPDX-License-Identifier: MIT */
/* Parses arbitrary bytes as an order. If they are accepted, all texts must be inside them. */
#include <string.h>

#include "fuzz.h"
#include "sandbox/plan/order.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 1);
    struct job job;

    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    if (order_parse(bytes, size, &job) == 0) {
        for (char **text = job.args; text && *text; text++)
            PROMISE(*text > bytes && *text + strlen(*text) < bytes + size);
        for (size_t i = 0; i < job.n_files; i++)
            PROMISE(job.files[i].content.data[job.files[i].content.size] == '\0');
        order_free_lists(&job);
    }
    free(bytes);
    return 0;
}
