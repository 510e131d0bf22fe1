/* SPDX-License-Identifier: MIT */
/* Filling a struct error. */
#include "sandbox/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *err, int code, int status, const char *where, const char *what, ...)
{
    va_list arguments;

    if (!err)
        return code;
    *err = (struct error){.code = code, .status = status};
    /* Whatever was wanted: where it was memory that lacked, waiting may help. Not so where a request's own
     * limit is too small. */
    if (code == -ENOMEM && status != EX_DATAERR)
        err->status = EX_TEMPFAIL;
    snprintf(err->where, sizeof(err->where), "%s", where);
    va_start(arguments, what);
    vsnprintf(err->what, sizeof(err->what), what, arguments);
    va_end(arguments);
    return code;
}

void error_mend(struct error *err, const char *mend, ...)
{
    va_list arguments;

    if (!err)
        return;
    va_start(arguments, mend);
    vsnprintf(err->mend, sizeof(err->mend), mend, arguments);
    va_end(arguments);
}

int error_memory(struct error *err)
{
    return error_set(err, -ENOMEM, EX_TEMPFAIL, "", "there is not enough memory");
}
