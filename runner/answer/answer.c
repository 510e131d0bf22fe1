/* SPDX-License-Identifier: MIT */
/* Ends every answer. */
#include "runner/answer/answer.h"

#include <errno.h>
#include <string.h>

int answer_end(FILE *out)
{
    /* Data whose earlier write failed is still in the buffer, so its next write fails for the same
     * reason. */
    if (fflush(out) != 0)
        return -errno;
    return ferror(out) ? -EIO : 0;
}

int answer_end_json(json_t *object /* takes */, size_t flags, FILE *out)
{
    int written, r;

    if (!object)
        return -ENOMEM;
    written = json_dumpf(object, out, flags);
    json_decref(object);
    fputc('\n', out);
    r = answer_end(out);
    return r == 0 && written < 0 ? -ENOMEM : r;
}

int answer_check(int r, struct error *err)
{
    if (r < 0)
        error_set(err, r, EX_IOERR, "standard output", "can't write the answer: %s", strerror(-r));
    return r;
}
