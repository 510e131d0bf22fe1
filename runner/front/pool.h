/* SPDX-License-Identifier: MIT */
/* The pool: which keeper makes, starts or drops a cell next.
 *
 * Keepers own a slot each, and have at most one cell. There are more keepers than runs that may run at the
 * same time, and the others hold cells that were made ahead. The pool decides for which keys: a key stands
 * for all cells that are alike: those of a profile that are ready, or those in which its interpreter waits
 * for the same command. It follows the arrivals. A key gets as many waiting cells as requests usually arrive
 * while one is made, and a reserve for chance. The cells that wait have a budget of memory, which they keep
 * together.
 *
 * It is a pure function: the time is a member of its input, and it does nothing itself. So each decision can
 * be tested with values, and whole days can be simulated (tests/unit/test_pool.c). */
#ifndef EXRUN_RUNNER_FRONT_POOL_H
#define EXRUN_RUNNER_FRONT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* POOL_KEYS_OF_RUN: the most keys of cells in which one run can start. POOL_MOST_LEAVING: keepers that leave
 * at the same time, so that the messages about them fit into a socket's buffer. */
enum { POOL_MOST_KEEPERS = 1024, POOL_KEYS_ROOM = 576, POOL_KEYS_OF_RUN = 4, POOL_MOST_LEAVING = 32 };

/* State of a keeper, as far as the pool can use it. POOL_BUSY: it starts, runs or reclaims a run.
 * POOL_LEAVING: it was retired, and the next one has not come yet. */
enum pool_state { POOL_ABSENT, POOL_EMPTY, POOL_MAKING, POOL_READY, POOL_BUSY, POOL_LEAVING };

/* @key: of its cell, if it is making or ready; of its last one, if it is empty. @since_ns: time at which it
 * became ready or empty, or at which its run was sent to it; 0 if it is busy without a run. @bytes: memory
 * that is charged to its ready cell. @has_run: a run waits for the cell that it is making. @is_outdated: the
 * keeper has profiles that are replaced by now; then @key has no meaning. */
struct pool_keeper {
    enum pool_state state;
    unsigned int key;
    uint64_t since_ns, bytes;
    bool has_run, is_outdated;
};

/* @wanted: waiting runs that can start in such a cell only. @rate: arrivals in a second. @make_us: time to
 * make and to reclaim a cell. @surplus_since_ns: time since which it has had more waiting cells than it
 * should; 0: it has not. @bytes: memory that was charged to its last ready cell, which is taken for the next
 * one's; 0: there was none. */
struct pool_key {
    double rate;
    uint64_t make_us;
    unsigned int floor, ceiling, wanted;
    uint64_t paused_until_ns;
    uint64_t surplus_since_ns;
    uint64_t bytes;
    bool is_enabled;
};

/* The cells in which a run may start: any, only one that waits, or only a new one. */
enum pool_cells { POOL_ANY, POOL_WAITING, POOL_NEW, N_POOL_CELLS };

/* A run that waits. @keys: in which it can start without a new cell; the first one is also the key of a cell
 * that is made for it. A run that is not POOL_ANY holds up nobody while there is no cell for it. */
struct pool_run {
    enum pool_cells cells;
    unsigned int keys[POOL_KEYS_OF_RUN];
    size_t n_keys;
    uint64_t memory_bytes;
};

/* Everything is borrowed. At most POOL_MOST_KEEPERS keepers and POOL_KEYS_ROOM keys. @queue: the runs that
 * may start next, in a fair order. @may_run, @memory_bytes: bounds on the runs in progress. @waiting_bytes:
 * budget of the cells that wait. @makers: how many keepers may make cells that no run waits for; runs that
 * just begin count as makers, for a moment, because a make on the same processors would delay them.
 * @held_since_ns: time since which a make has waited for such runs; 0: none does. @is_draining: the service
 * ends when the accepted runs have ended. */
struct pool_view {
    uint64_t now_ns;
    const struct pool_keeper *keepers;
    size_t n_keepers;
    const struct pool_key *keys;
    size_t n_keys;
    const struct pool_run *queue;
    size_t n_queue;
    size_t may_run, n_running;
    uint64_t memory_bytes, memory_running, waiting_bytes;
    size_t makers;
    uint64_t age_ns, idle_ns;
    uint64_t last_conversion_ns, held_since_ns;
    bool is_draining;
};

enum pool_act { POOL_START, POOL_MAKE, POOL_DROP, POOL_RETIRE };

/* @run: index in the queue, for POOL_START. @key: for POOL_MAKE. @is_conversion: the keeper gives up a ready
 * cell of another key. */
struct pool_action {
    enum pool_act act;
    size_t keeper, run;
    unsigned int key;
    bool is_conversion;
};

/* Decides. Stores at most one action for each keeper in @ret, which has room for @view->n_keepers. Stores in
 * @ret_wake_ns the time at which the passing of time alone can change the answer; UINT64_MAX: it can't.
 * Stores in @ret_is_held whether a make waits for runs that just begin. Returns the number of actions. */
size_t pool_decide(const struct pool_view *view, struct pool_action *ret, uint64_t *ret_wake_ns,
                   bool *ret_is_held);

#endif
