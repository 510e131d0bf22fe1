/* SPDX-License-Identifier: MIT */
/* The properties of the host, which are looked up once for all runs. */
#ifndef EXRUN_SANDBOX_RUN_HOST_H
#define EXRUN_SANDBOX_RUN_HOST_H

#include "sandbox/base/fault.h"
#include "sandbox/cell/cgroup_tree.h"
#include "sandbox/cell/kept.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/settings.h"

struct host {
    struct settings settings;
    struct machine machine;
    struct cgroup_tree tree;
    unsigned int n_ids;  /* ids_count() */
    struct fault userns; /* reason why userns_enter() failed, if it did */
    struct kept *kept;   /* for the cells of this process, borrowed; NULL: each makes all of its own */
};

#define HOST_NONE                 \
    {                             \
        .tree = CGROUP_TREE_NONE, \
    }

/* Copies @settings, and creates missing parent groups. Returns 0 or -errno. The caller must call
 * host_close() even on failure. */
int host_open(struct host *host, const struct settings *settings, struct fault *fault);
void host_close(struct host *host);

#endif
