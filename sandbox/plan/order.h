/* SPDX-License-Identifier: MIT */
/* The order: one job on the wire, as a fixed layout in a sealed memfd.
 *
 * The sender may be a process that was taken over, so order_read() trusts nothing: the file is sealed, so
 * that it can't change once it was checked; its size is the one that its head says; every list and text lies
 * within it; every text ends in NUL and has no other; no limit lies below its floor. What the texts say (a
 * path that leads out of the box, the name of a variable) is checked by whoever plans the job. An order has
 * no id, no labels and no profile. */
#ifndef EXRUN_SANDBOX_PLAN_ORDER_H
#define EXRUN_SANDBOX_PLAN_ORDER_H

#include "sandbox/plan/job.h"

/* The largest order, and the most elements of each list. */
enum { ORDER_MOST_BYTES = 64 << 20, ORDER_MOST_ELEMENTS = 65536 };

/* @job points into @bytes, which are mapped; its lists are allocated. */
struct order {
    struct job job;
    char *bytes;
    size_t size;
};

/* Packs @job. Returns the sealed memfd, or -errno; -EFBIG if it is larger than an order may be. */
int order_pack(const struct job *job);

/* Maps and checks @fd, which stays the caller's. -EBADMSG for anything that order_pack() would not have made.
 * order_deinit() in any case. */
int order_read(int fd, struct order *ret);

/* The same of bytes in memory, which must outlive @ret_job; free its lists by order_free_lists(). */
int order_parse(char *bytes, size_t size, struct job *ret_job);
void order_free_lists(struct job *job);

void order_deinit(struct order *order);

#endif
