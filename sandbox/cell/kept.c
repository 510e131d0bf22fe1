/* SPDX-License-Identifier: MIT */
/* The things that a process which makes one cell after the other keeps for them. */
#include "sandbox/cell/kept.h"

#include <signal.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/network.h"
#include "sandbox/cell/slot.h"
#include "sandbox/inside/steps.h"

static void on_pipe(int number)
{
    (void)number;
}

/* A clone does not get the handler (CLONE_CLEAR_SIGHAND), while it would ignore a signal that is ignored. */
static void outlive_pipes(void)
{
    const struct sigaction answer = {.sa_handler = on_pipe, .sa_flags = SA_RESTART};

    sigaction(SIGPIPE, &answer, NULL);
}

void kept_open(struct kept *kept, const struct cgroup_tree *tree, const struct lease *lease)
{
    umask(022); /* as in a root that PID 1 makes */
    inside_reset_signals();
    outlive_pipes();
    identity_empty_bounding_set();
    *kept = (struct kept){.network = network_make(), .lease = *lease};
    kept->lease.fd = -1;
    slot_take(tree, &kept->lease);
    root_template_open(&kept->root, lease->runtime);
}

void kept_close(struct kept *kept)
{
    root_template_close(&kept->root);
    /* A cell that could not be reclaimed has it: the file says where the next owner of the slot finds its
     * groups. */
    if (kept->is_leased)
        lease_leave(&kept->lease);
    else
        lease_release(&kept->lease);
    fd_closep(&kept->network);
}
