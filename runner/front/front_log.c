/* SPDX-License-Identifier: MIT */
/* Writes the log of the front. */
#include "runner/front/front_log.h"

#include <errno.h>
#include <string.h>

#include "runner/front/connection.h"
#include "runner/front/front.h"
#include "runner/front/front_keepers.h"
#include "runner/front/front_run.h"
#include "runner/front/front_warm.h"
#include "runner/front/log_line.h"
#include "sandbox/base/timing.h"
#include "sandbox/warden/calls.h"

#define REFUSALS_A_SECOND 20
#define MOST_WAIT_MS 1000

static uint64_t now_ms(void)
{
    return timing_wall_us() / 1000;
}

/* @size: of a function of log_line.h. */
static void add(struct front *front, const char *line, ssize_t size)
{
    if (size < 0)
        log_writer_drop(&front->log.writer, 1);
    else
        log_writer_add(&front->log.writer, line, (size_t)size);
}

void front_log_set(struct front *front, const struct wire_log *told, int fd /* takes */)
{
    memcpy(front->log.key, told->key, sizeof(front->log.key));
    front->log.has_file = true;
    log_writer_set(&front->log.writer, fd);
}

int front_log_event(struct front *front, const struct wire_event *event)
{
    char line[LOG_LINE_ROOM];

    if (event->event >= N_WARDEN_LOGGED || !memchr(event->reason, '\0', sizeof(event->reason)))
        return -EBADMSG;
    log_writer_drop(&front->log.writer, event->n_lost);
    add(front, line, log_line_event(event, line));
    return 0;
}

void front_log_run(struct front *front, const struct front_run *run, const struct run_result *result)
{
    char line[LOG_LINE_ROOM], client[LOG_CLIENT_ROOM];
    const struct log_run facts = {.id = run->id,
                                  .principal = run->principal,
                                  .profile = run->load->languages[run->profile].profile.name,
                                  .example = front_run_label(run, "example"),
                                  .client = run->link.client ? client : NULL,
                                  .result = result,
                                  .has_begun = run->sent_ns != 0,
                                  .request_bytes = run->link.bytes,
                                  .wall_us = (timing_now_ns() - run->received_ns) / 1000};
    struct front_log_pending pending;

    if (!front->log.has_file)
        return;
    if (run->link.client)
        log_line_client(front->log.key, run->link.client, client);
    pending = (struct front_log_pending){log_line_run_members(&facts), now_ms()};
    if (run->reclaimer)
        run->reclaimer->logged = pending;
    else
        add(front, line, log_line_run(pending.at_ms, pending.members, NULL, line));
}

void front_log_reclaimed(struct front_keeper *keeper, const uint32_t *reclaim_us)
{
    const struct front_log_pending pending = keeper->logged;
    char line[LOG_LINE_ROOM];

    keeper->logged = (struct front_log_pending){.members = NULL};
    if (pending.members)
        add(keeper->front, line, log_line_run(pending.at_ms, pending.members, reclaim_us, line));
}

void front_log_unreclaimed(struct front *front, unsigned int slot, unsigned int left)
{
    char line[LOG_LINE_ROOM];

    if (front->log.has_file)
        add(front, line, log_line_unreclaimed(now_ms(), slot, left, line));
}

void front_log_warm(struct front *front, unsigned int profile)
{
    struct error why = {0};
    char line[LOG_LINE_ROOM];

    if (!front->log.has_file)
        return;
    front_warm_tell(front, profile, &why);
    add(front, line,
        log_line_warm(now_ms(),
                      &(struct log_warm){.profile = front->load->languages[profile].profile.name,
                                         .state = front_warm_word(front->load->warm[profile].state),
                                         .why = why.what},
                      line));
}

/* Clients choose how often they are refused, and must not fill the disk. */
static void add_refusal(struct front *front, const struct log_refusal *refusal)
{
    char line[LOG_LINE_ROOM];

    if (!front->log.has_file)
        return;
    if (front->log.n_refusals >= REFUSALS_A_SECOND) {
        front->log.n_unlogged++;
        return;
    }
    front->log.n_refusals++;
    add(front, line, log_line_refusal(now_ms(), refusal, line));
}

void front_log_refusal(const struct connection *connection, unsigned int status, const char *reason,
                       const char *run)
{
    add_refusal(connection->front, &(struct log_refusal){.status = status,
                                                         .reason = reason,
                                                         .listener = connection->listener->address,
                                                         .principal = connection->principal,
                                                         .id = run});
}

void front_log_no_place(struct front *front, const char *listener)
{
    add_refusal(front,
                &(struct log_refusal){
                    .status = 503, .reason = "too many connections", .listener = listener, .principal = ""});
}

/* A line must not wait for a cell that takes long: if the front ended meanwhile, the run would have none. */
static void add_waiting(struct front *front)
{
    const uint64_t before_ms = now_ms() - MOST_WAIT_MS;

    for (size_t i = 0; i < front->keepers.n; i++)
        if (front->keepers.items[i].logged.at_ms <= before_ms)
            front_log_reclaimed(&front->keepers.items[i], NULL);
}

void front_log_look(struct front *front)
{
    const uint64_t dropped = front_log_dropped(front);
    char line[LOG_LINE_ROOM];

    add_waiting(front);
    if (front->log.n_unlogged > 0)
        add(front, line, log_line_count(now_ms(), "refusals", front->log.n_unlogged, line));
    front->log.n_refusals = front->log.n_unlogged = 0;
    if (dropped == front->log.n_told)
        return;
    add(front, line, log_line_count(now_ms(), "dropped", dropped, line));
    /* If this one was dropped, too, the next one says so. */
    front->log.n_told = dropped;
}

uint64_t front_log_dropped(const struct front *front)
{
    return log_writer_dropped((struct log_writer *)(uintptr_t)&front->log.writer);
}
