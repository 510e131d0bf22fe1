/* SPDX-License-Identifier: MIT */
/* The profiles of this machine. */
#include "runner/command/profiles_here.h"

#include "runner/command/ask_status.h"
#include "runner/command/host_enter.h"
#include "runner/language/language_find.h"
#include "sandbox/base/strv.h"

int profiles_here_open(const char *directory, struct profiles_here *ret, struct error *err)
{
    int r = language_directories(directory, &ret->directories, err);

    if (r == 0)
        r = language_names(ret->directories, &ret->names, err);
    if (r < 0)
        return r;
    /* Before a user namespace hides whose the socket is. Often no service runs. */
    ask_status(&ret->status, &(struct error){0});
    return host_enter(ret->directories, &ret->host, err);
}

void profiles_here_close(struct profiles_here *here)
{
    strv_free(here->directories);
    strv_free(here->names);
    host_close(&here->host);
    status_deinit(&here->status);
}
