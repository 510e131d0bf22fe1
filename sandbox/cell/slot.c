/* SPDX-License-Identifier: MIT */
/* Leases a slot, and removes the leftovers of its last owner. */
#include "sandbox/cell/slot.h"

#include <errno.h>
#include <string.h>

/* In milliseconds, for the leftovers of a dead owner. It is short because a run can use other slots. */
#define PATIENCE 3

/* Removes the groups of the slot's previous owner if they are below another parent than exrun's own. */
static int discard_elsewhere(const struct cgroup_tree *tree, const struct lease *lease, const char *name,
                             int patience)
{
    struct cgroup_tree other;
    char parent[SETTINGS_CGROUP_ROOM];
    int r;

    if (!lease_parent(lease, parent, sizeof(parent)) || strcmp(parent, tree->parent) == 0)
        return 0;
    r = cgroup_tree_open(&other, parent, false);
    if (r == 0)
        r = cgroup_discard(&other, name, patience);
    cgroup_tree_close(&other);
    return r;
}

int slot_discard(const struct cgroup_tree *tree, const struct lease *lease, int patience)
{
    char name[32];
    int r;

    lease_cgroup_name(lease, name);
    r = cgroup_discard(tree, name, patience);
    return r < 0 ? r : discard_elsewhere(tree, lease, name, patience);
}

int slot_take(const struct cgroup_tree *tree, struct lease *lease)
{
    unsigned int first = 0;

    for (;;) {
        int r = lease_take(lease, first);

        if (r != 0)
            return r;
        r = slot_discard(tree, lease, PATIENCE);
        if (r == 0) {
            lease_sign(lease, tree->parent);
            return 0;
        }
        first = lease->slot + 1;
        /* If the groups could not be removed, keeps the file, because it names the parent group that
         * contains them. */
        if (r == -EWOULDBLOCK)
            lease_release(lease);
        else
            lease_leave(lease);
    }
}
