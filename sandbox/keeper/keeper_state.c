/* SPDX-License-Identifier: MIT */
/* Functions on the state of a keeper. */
#include "sandbox/keeper/keeper_state.h"

#include <errno.h>

#include "sandbox/base/scheduling.h"
#include "sandbox/base/timing.h"

/* A step may take so much longer than its own limits before the keeper counts as one that hangs. */
#define PATIENCE_NS (UINT64_C(10) * 1000000000)

void keeper_leave(struct keeper *keeper, enum keeper_end end)
{
    keeper->is_leaving = true;
    if (keeper->end == KEEPER_END_FINE)
        keeper->end = end;
}

void keeper_be_busy(const struct keeper *keeper, uint64_t more_ms)
{
    *keeper->config->busy_until_ns = timing_now_ns() + more_ms * 1000000 + PATIENCE_NS;
}

void keeper_be_idle(const struct keeper *keeper)
{
    *keeper->config->busy_until_ns = 0;
}

void keeper_give_way(struct keeper *keeper)
{
    if (keeper->may_give_way && !keeper->gives_way)
        keeper->gives_way = scheduling_give_way() == 0;
}

void keeper_be_prompt(struct keeper *keeper)
{
    if (keeper->may_give_way && keeper->gives_way)
        keeper->gives_way = scheduling_be_prompt() < 0;
}

void keeper_tell(struct keeper *keeper, enum wire_type type, void *payload, size_t size)
{
    const struct wire_message message = {.type = type,
                                         .generation = keeper->config->generation,
                                         .run = keeper->run,
                                         .payload = payload,
                                         .size = size,
                                         .fd = -1};
    int r = wire_send_wait(keeper->config->socket, &message);

    if (r < 0)
        keeper_leave(keeper, r == -EPIPE ? KEEPER_END_FINE : KEEPER_END_SOCKET);
}

void keeper_reclaim(struct keeper *keeper, struct wire_idle *idle)
{
    uint64_t begun_ns = timing_now_ns();

    keeper_be_busy(keeper, 0);
    idle->unreclaimed |= ready_reclaim(&keeper->ready);
    idle->reclaim_us = (uint32_t)((timing_now_ns() - begun_ns) / 1000);
    if (idle->unreclaimed != 0)
        keeper_leave(keeper, KEEPER_END_UNRECLAIMED);
    keeper->state = KEEPER_EMPTY;
}

void keeper_reclaim_quietly(struct keeper *keeper)
{
    keeper_reclaim(keeper, &(struct wire_idle){0});
}

void keeper_reclaim_compiler(struct keeper *keeper)
{
    keeper_be_busy(keeper, 0);
    if (ready_reclaim(&keeper->compiler) != 0)
        keeper_leave(keeper, KEEPER_END_UNRECLAIMED);
}

int keeper_receive(struct keeper *keeper, struct wire_message *ret)
{
    int r = wire_receive(keeper->config->socket, WIRE_TO_KEEPER, ret);

    if (r == 0 &&
        (ret->generation != keeper->config->generation || !(wire_rows[ret->type].states & keeper->state)))
        r = -EBADMSG;
    if (r < 0)
        keeper_leave(keeper, r == -EPIPE ? KEEPER_END_FINE : KEEPER_END_MESSAGE);
    return r;
}
