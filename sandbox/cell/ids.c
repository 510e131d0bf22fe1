/* SPDX-License-Identifier: MIT */
/* The user IDs that are available for cells, and the capabilities and groups that a cell keeps from exrun at
 * its start. */
#include "sandbox/cell/ids.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/capability.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/lease.h"
#include "sandbox/plan/machine.h"

uint64_t ids_mapped(uid_t first)
{
    _cleanup_(file_closep) FILE *map = fopen("/proc/self/uid_map", "re");
    uint64_t inside, outside, count;

    while (map && fscanf(map, "%" SCNu64 " %" SCNu64 " %" SCNu64, &inside, &outside, &count) == 3)
        if (inside <= first && inside + count > first)
            return inside + count - first;
    return 0;
}

/* Returns how many IDs exrun has from LEASE_FIRST_UID on. */
static unsigned int count_all(void)
{
    uint64_t mapped = geteuid() == 0 ? LEASE_N_IDS : ids_mapped(LEASE_FIRST_UID);

    return mapped < LEASE_N_IDS ? (unsigned int)mapped : LEASE_N_IDS;
}

unsigned int ids_count(void)
{
    unsigned int n = count_all();

    if (n < 2)
        return 1;
    return n == 2 ? n : n - 1;
}

uid_t ids_front(void)
{
    unsigned int n = count_all();

    return n < 3 ? geteuid() : LEASE_FIRST_UID + n - 1;
}

uid_t ids_program(const struct lease *lease)
{
    return lease->n_ids == 1 ? geteuid() : LEASE_FIRST_UID + 2 * lease->slot;
}

uid_t ids_init(const struct lease *lease)
{
    return lease->n_ids == 1 ? geteuid() : ids_program(lease) + 1;
}

/* An unprivileged user must write "deny" before the map of groups (user_namespaces(7)). */
static bool groups_are_kept(void)
{
    _cleanup_(file_closep) FILE *file = geteuid() == 0 ? NULL : fopen("/proc/self/setgroups", "re");
    char word[8] = "";

    return file && fgets(word, sizeof(word), file) && strncmp(word, "deny", 4) == 0;
}

void ids_prepare(struct identity *identity)
{
    static const cap_value_t raises[] = {CAP_SYS_RESOURCE};
    const uint64_t needed = 1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_SETPCAP | 1U << CAP_SYS_ADMIN;

    /* CAP_SYS_RESOURCE raises the program's limits, but a cell works without it. */
    *identity = (struct identity){.lower = needed | (machine_has(raises, 1) ? 1U << CAP_SYS_RESOURCE : 0),
                                  .keeps_groups = groups_are_kept()};
}
