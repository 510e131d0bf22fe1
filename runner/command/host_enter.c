/* SPDX-License-Identifier: MIT */
/* Gets this machine ready for cells. */
#include "runner/command/host_enter.h"

#include "runner/answer/faults.h"
#include "runner/language/enter.h"
#include "runner/text/environment.h"

int host_enter(char *const *directories, struct host *host, struct error *err)
{
    struct fault userns = {0}, fault = {0};
    struct settings settings;
    int r = environment_read(&settings, err);

    if (r < 0)
        return r;
    enter_userns(directories, settings.search_path, &userns);
    r = host_open(host, &settings, &fault);
    host->userns = userns;
    if (r < 0)
        fault_tell(&fault, &(struct fault_context){0}, err);
    return r;
}
