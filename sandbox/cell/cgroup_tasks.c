/* SPDX-License-Identifier: MIT */
/* The threads of a program and its children. */
#include "sandbox/cell/cgroup_tasks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"

#define MOST_TEXT (4 << 20)

void cgroup_tasks_deinit(struct cgroup_tasks *tasks)
{
    free(tasks->ids);
}

int cgroup_tasks_list(const struct cgroup *cgroup, struct cgroup_tasks *ret)
{
    enum cgroup_part part = cgroup->dirs[CGROUP_PIDS] >= 0 ? CGROUP_PIDS : CGROUP_UNIFIED;
    const char *name = part == CGROUP_PIDS ? "tasks" : "cgroup.threads";
    _cleanup_(freep) char *text = NULL;
    char *end;
    int r = cgroup->dirs[part] < 0 ? -ENOENT : fd_read_file(cgroup->dirs[part], name, MOST_TEXT, &text, NULL);

    if (r < 0)
        return r;
    *ret = (struct cgroup_tasks){.ids = calloc(strlen(text) / 2 + 1, sizeof(*ret->ids))};
    if (!ret->ids)
        return -ENOMEM;
    for (char *at = text;; at = end) {
        pid_t id = (pid_t)strtol(at, &end, 10);

        if (end == at)
            return 0;
        ret->ids[ret->n++] = id;
    }
}
