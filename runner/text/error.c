/* SPDX-License-Identifier: MIT */
/* Filling a struct error. */
#include "runner/text/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *err, int code, int status, const char *where, const char *what, ...)
{
    va_list arguments;

    if (!err)
        return code;
    *err = (struct error){.code = code, .status = status};
    /* For every caller: if memory or the machine's files ran out, waiting can help. It does not
     * help if a request's own limit is too small (EX_DATAERR), or if the limit is the caller's
     * (EMFILE). */
    if ((code == -ENOMEM && status != EX_DATAERR) || code == -ENFILE)
        err->status = EX_TEMPFAIL;
    if (code == -EMFILE) {
        err->status = EX_OSERR;
        error_hint(err, "raise the limit on open files: ulimit -n");
    }
    snprintf(err->where, sizeof(err->where), "%s", where);
    va_start(arguments, what);
    vsnprintf(err->what, sizeof(err->what), what, arguments);
    va_end(arguments);
    return code;
}

void error_hint(struct error *err, const char *hint, ...)
{
    va_list arguments;

    if (!err)
        return;
    va_start(arguments, hint);
    vsnprintf(err->hint, sizeof(err->hint), hint, arguments);
    va_end(arguments);
}

int error_memory(struct error *err)
{
    return error_set(err, -ENOMEM, EX_TEMPFAIL, "", "there is not enough memory");
}

int error_shortage(struct error *err, int r)
{
    return r == -ENOMEM ? error_memory(err) : error_set(err, r, EX_OSERR, "", "%s", strerror(-r));
}
