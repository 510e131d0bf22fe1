/* SPDX-License-Identifier: MIT */
/* Looks up the properties of the host. */
#include "sandbox/run/host.h"

#include "sandbox/cell/ids.h"

void host_close(struct host *host)
{
    cgroup_tree_close(&host->tree);
}

int host_open(struct host *host, const struct settings *settings, struct fault *fault)
{
    int r;

    host->settings = *settings;
    host->tree = (struct cgroup_tree)CGROUP_TREE_NONE;
    host->n_ids = ids_count();
    host->kept = NULL;
    machine_ask(&host->machine);
    r = cgroup_tree_open(&host->tree, settings->cgroup, true);
    host->machine.can |= host->tree.can;
    if (r == 0)
        return 0;
    host_close(host);
    return fault_set(fault, FAULT_CGROUPS, r);
}
