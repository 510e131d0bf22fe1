/* SPDX-License-Identifier: MIT */
/* The order: one job in the form that is sent, as a fixed layout.
 *
 * The sender might be a process that has been taken over, so order_parse() trusts nothing. It checks that the
 * size is the size in the head; that every list and text is inside; that every text ends in a NUL and
 * contains no other; that no list is longer than in a request; and that no limit is below its floor. The
 * bytes must not change afterwards (keeper/wire.h sees to that). The planner of the job checks the meaning of
 * the texts (a path that leads out of the box, the name of a variable). An order has no ID, no labels and no
 * profile. */
#ifndef EXRUN_SANDBOX_PLAN_ORDER_H
#define EXRUN_SANDBOX_PLAN_ORDER_H

#include "sandbox/plan/job.h"

/* The size of the largest order. */
enum { ORDER_MOST_BYTES = 64 << 20 };

/* Packs @job behind @before bytes, which the caller fills. The caller frees *ret. Returns 0, -EFBIG if the
 * order is larger than ORDER_MOST_BYTES, or -ENOMEM. */
int order_pack(const struct job *job, size_t before, char **ret, size_t *ret_size);

/* Reads an order. @ret_job points into @bytes, which must outlive it; its lists are freed with
 * order_free_lists(). Returns 0, -EBADMSG if the bytes are not a valid order, or -ENOMEM. */
int order_parse(char *bytes, size_t size, struct job *ret_job);
void order_free_lists(struct job *job);

#endif
