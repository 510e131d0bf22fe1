/* SPDX-License-Identifier: MIT */
/* The state of a keeper, and functions on it. Only for the files of this directory. */
#ifndef EXRUN_SANDBOX_KEEPER_KEEPER_STATE_H
#define EXRUN_SANDBOX_KEEPER_KEEPER_STATE_H

#include <stdbool.h>

#include "sandbox/cell/kept.h"
#include "sandbox/keeper/keeper.h"
#include "sandbox/keeper/stream.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/run/live_input.h"
#include "sandbox/run/ready.h"

/* @host: as configured, with @kept. @compiler: a compiler that waits beside the ready cell, or until the next
 * one of @profile is made. @profile: of these cells. @run: the current one; 0: none. @is_leaving:
 * retired, or @end is decided. @start: the message that began the run. @live: its input; NULL: its stdin is
 * not open. @stream: its stream; NULL: nothing runs. @may_give_way: nobody chose a scheduling policy for the
 * service. */
struct keeper {
    const struct keeper_config *config;
    struct host host;
    struct kept kept;
    enum wire_state state;
    struct ready ready, compiler;
    uint32_t profile;
    uint64_t run;
    struct wire_start start;
    struct live_input *live;
    struct stream *stream;
    bool may_give_way, gives_way;
    bool is_leaving;
    enum keeper_end end;
};

/* Decides to end after the current run. The first reason counts. */
void keeper_leave(struct keeper *keeper, enum keeper_end end);

/* Says until when the keeper may be busy, @more_ms from now. */
void keeper_be_busy(const struct keeper *keeper, uint64_t more_ms);

/* Says that the keeper has nothing to do. */
void keeper_be_idle(const struct keeper *keeper);

/* While a keeper makes or reclaims a cell, others run first: the front, and a client that is about to read
 * its answer. While it has one, it is prompt. Cells inherit neither (inside/steps.c). Both do nothing if the
 * kernel refuses, or if somebody chose a scheduling policy. */
void keeper_give_way(struct keeper *keeper);
void keeper_be_prompt(struct keeper *keeper);

/* Sends a message. If the front does not read for a while, waits for it. */
void keeper_tell(struct keeper *keeper, enum wire_type type, void *payload, size_t size);

/* Receives a message that is for this keeper, and that it may get now. Otherwise decides to leave and returns
 * -errno. */
int keeper_receive(struct keeper *keeper, struct wire_message *ret);

/* Removes the cell, if there is one, and adds to @idle what it took and left. */
void keeper_reclaim(struct keeper *keeper, struct wire_idle *idle);
void keeper_reclaim_quietly(struct keeper *keeper);

/* Removes a compiler that waits. */
void keeper_reclaim_compiler(struct keeper *keeper);

#endif
