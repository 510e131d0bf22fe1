/* SPDX-License-Identifier: MIT */
/* The order: one job in the form that is sent, as a fixed layout in a sealed memfd.
 *
 * The sender might be a process that has been taken over, so order_read() trusts nothing. It checks that the
 * file is sealed, so it can't change after the check; that its size is the size in its head; that every list
 * and text is inside it; that every text ends in a NUL and contains no other; and that no limit is below its
 * floor. The planner of the job checks the meaning of the texts (a path that leads out of the box, the name
 * of a variable). An order has no ID, no labels and no profile. */
#ifndef EXRUN_SANDBOX_PLAN_ORDER_H
#define EXRUN_SANDBOX_PLAN_ORDER_H

#include "sandbox/plan/job.h"

/* The size of the largest order, and the largest number of elements in a list. */
enum { ORDER_MOST_BYTES = 64 << 20, ORDER_MOST_ELEMENTS = 65536 };

/* @job points into @bytes, which are mapped; its lists are allocated. */
struct order {
    struct job job;
    char *bytes;
    size_t size;
};

/* Packs @job behind @before bytes, which the caller fills. The caller frees *ret. Returns 0, -EFBIG if the
 * order is larger than ORDER_MOST_BYTES, or -ENOMEM. */
int order_pack_bytes(const struct job *job, size_t before, char **ret, size_t *ret_size);

/* Packs @job. Returns the sealed memfd, which the caller closes, or -errno; -EFBIG if it is larger than
 * ORDER_MOST_BYTES. */
int order_pack(const struct job *job);

/* Maps and checks @fd, which the caller keeps. Returns 0, -EBADMSG if it is not a valid order, or another
 * -errno. The caller must call order_deinit() even on failure. */
int order_read(int fd, struct order *ret);

/* Does the same for bytes in memory, which must outlive @ret_job. The caller frees its lists with
 * order_free_lists(). */
int order_parse(char *bytes, size_t size, struct job *ret_job);
void order_free_lists(struct job *job);

void order_deinit(struct order *order);

#endif
