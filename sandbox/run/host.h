/* SPDX-License-Identifier: MIT */
/* What is looked up once for all runs. */
#ifndef EXRUN_SANDBOX_RUN_HOST_H
#define EXRUN_SANDBOX_RUN_HOST_H

#include "sandbox/base/fault.h"
#include "sandbox/cell/cgroup_tree.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/settings.h"

struct host {
    struct settings settings;
    struct machine machine;
    struct cgroup_tree tree;
    unsigned int n_ids;  /* ids_count() */
    struct fault userns; /* for those who ask: why userns_enter() failed, if it did */
};

#define HOST_NONE                 \
    {                             \
        .tree = CGROUP_TREE_NONE, \
    }

/* Copies @settings, and makes the parent groups that are missing. host_close() in any case. */
int host_open(struct host *host, const struct settings *settings, struct fault *fault);
void host_close(struct host *host);

#endif
