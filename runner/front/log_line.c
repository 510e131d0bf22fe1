/* SPDX-License-Identifier: MIT */
/* The lines of the service's log. */
#include "runner/front/log_line.h"

#include <errno.h>
#include <jansson.h>
#include <nettle/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "runner/answer/result_figures.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"
#include "sandbox/warden/calls.h"

#define CONTRACT 1
#define DELETE 0x7f
#define DELETE_ESCAPED "\\u007f"
#define AT_ROOM 64

struct buffer {
    char *data;
    size_t size;
};

static int add(struct buffer *buffer, const char *data, size_t size)
{
    if (size > LOG_LINE_ROOM - buffer->size)
        return -1;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return 0;
}

/* jansson escapes all control characters but this one, which can only be within a text. */
static int take(const char *data, size_t size, void *arg)
{
    const char *end = data + size, *found;
    int r = 0;

    for (; (found = memchr(data, DELETE, (size_t)(end - data))) && r == 0; data = found + 1) {
        r = add(arg, data, (size_t)(found - data));
        if (r == 0)
            r = add(arg, DELETE_ESCAPED, strlen(DELETE_ESCAPED));
    }
    return r < 0 ? r : add(arg, data, (size_t)(end - data));
}

/* Returns a string, or null if there is no text. Bytes that are not UTF-8, such as those of a path, become
 * "?". */
static json_t *text_of(const char *text)
{
    _cleanup_(freep) char *copy = NULL;

    if (!text || is_utf8(text, strlen(text)))
        return text ? json_string(text) : json_null();
    copy = strdup(text);
    if (!copy)
        return NULL;
    make_printable(copy);
    return json_string(copy);
}

static json_t *number_of(uint64_t number)
{
    return json_integer((json_int_t)number);
}

static void write_time(uint64_t at_ms, char ret[AT_ROOM])
{
    const time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm = {0};
    size_t size;

    gmtime_r(&seconds, &tm);
    size = strftime(ret, AT_ROOM, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(ret + size, AT_ROOM - size, ".%03uZ", (unsigned int)(at_ms % 1000));
}

/* Writes a line of @members, which are taken; NULL: memory is short. */
static ssize_t write_line(uint64_t at_ms, const char *event, json_t *members, char ret[LOG_LINE_ROOM])
{
    struct buffer buffer = {.data = ret};
    char at[AT_ROOM];
    json_t *line;
    int r = -ENOMEM;

    write_time(at_ms, at);
    line = json_pack("{ss si ss}", "at", at, "v", CONTRACT, "event", event);
    if (line && members && json_object_update(line, members) == 0)
        r = json_dump_callback(line, take, &buffer, JSON_COMPACT | JSON_ENSURE_ASCII) < 0 ||
                    add(&buffer, "\n", 1) < 0
                ? -ENOBUFS
                : 0;
    json_decref(line);
    json_decref(members);
    return r < 0 ? r : (ssize_t)buffer.size;
}

/* Adds a member and takes it. */
static void set(json_t **object, const char *name, json_t *value)
{
    if (json_object_set_new(*object, name, value) == 0)
        return;
    json_decref(*object);
    *object = NULL;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The figures of both stages: of the one that did not take place, they are 0. */
static void set_figures(json_t **object, const struct run_result *result)
{
    const struct run_outcome *compile = &result->compile, *run = &result->run;

    set(object, "prepare_us", number_of(timing_us(&result->timing, TIMING_READ, TIMING_START)));
    if (result->has_compiled)
        set(object, "compile_us", number_of(compile->wall_us));
    set(object, "run_us", number_of(run->wall_us));
    set(object, "cpu_us", number_of(compile->facts.cpu_us + run->facts.cpu_us));
    set(object, "memory_peak_bytes",
        number_of(larger(compile->facts.memory_peak_bytes, run->facts.memory_peak_bytes)));
    set(object, "output_bytes", number_of(run->output.size + run->errors.size));
}

json_t *log_line_run_members(const struct log_run *run)
{
    const struct run_result *result = run->result;
    const char *denied = *result->run.denied ? result->run.denied : result->compile.denied;
    json_t *object = json_object();

    set(&object, "id", text_of(run->id));
    set(&object, "principal", text_of(run->principal));
    set(&object, "profile", text_of(run->profile));
    set(&object, "example", text_of(run->example));
    set(&object, "client", text_of(run->client));
    set(&object, "verdict", json_string(verdict_rows[result->verdict].word));
    set(&object, "limits_hit", result_figures_hit(result->compile.limits_hit | result->run.limits_hit));
    set(&object, "denied", text_of(*denied ? denied : NULL));
    set(&object, "cell", text_of(run->has_begun ? result_figures_cell(result->cell) : NULL));
    set(&object, "wall_us", number_of(run->wall_us));
    set(&object, "queue_us", number_of(result->queue_us));
    set_figures(&object, result);
    set(&object, "request_bytes", number_of(run->request_bytes));
    return object;
}

ssize_t log_line_run(uint64_t at_ms, json_t *run /* takes */, const uint32_t *reclaim_us,
                     char ret[LOG_LINE_ROOM])
{
    set(&run, "reclaim_us", reclaim_us ? number_of(*reclaim_us) : json_null());
    return write_line(at_ms, "run", run, ret);
}

ssize_t log_line_refusal(uint64_t at_ms, const struct log_refusal *refusal, char ret[LOG_LINE_ROOM])
{
    json_t *object = json_object();

    set(&object, "status", number_of(refusal->status));
    set(&object, "reason", text_of(refusal->reason));
    set(&object, "listener", text_of(refusal->listener));
    set(&object, "principal", text_of(*refusal->principal ? refusal->principal : NULL));
    set(&object, "id", text_of(refusal->id));
    return write_line(at_ms, "refusal", object, ret);
}

ssize_t log_line_unreclaimed(uint64_t at_ms, unsigned int slot, unsigned int left, char ret[LOG_LINE_ROOM])
{
    json_t *object = json_object();

    set(&object, "slot", number_of(slot));
    set(&object, "left", result_figures_left(left));
    return write_line(at_ms, "unreclaimed", object, ret);
}

ssize_t log_line_warm(uint64_t at_ms, const struct log_warm *warm, char ret[LOG_LINE_ROOM])
{
    json_t *object = json_object();

    set(&object, "profile", json_string(warm->profile));
    set(&object, "warm", json_string(warm->state));
    set(&object, "reason", *warm->why ? json_string(warm->why) : json_null());
    return write_line(at_ms, "warm", object, ret);
}

ssize_t log_line_count(uint64_t at_ms, const char *event, uint64_t n, char ret[LOG_LINE_ROOM])
{
    json_t *object = json_object();

    set(&object, "n", number_of(n));
    return write_line(at_ms, event, object, ret);
}

/* The meaning of an event's number. */
enum number_kind { NOTHING, ERROR, WAIT_STATUS, COUNT };

/* @slot: name of the member with the event's slot; NULL: it has none. @reason: if the event has none. @is_ok:
 * of something that succeeds or fails; -1: it is neither. */
static const struct event_row {
    const char *word, *slot;
    enum number_kind number;
    int is_ok;
    const char *reason;
} event_rows[N_WARDEN_LOGGED] = {
    [WARDEN_KEEPER_STARTED] = {"keeper_start", "slot", NOTHING, -1, NULL},
    [WARDEN_KEEPER_LEFT] = {"keeper_end", "slot", WAIT_STATUS, -1, NULL},
    [WARDEN_KEEPER_ENDED] = {"keeper_end", "slot", WAIT_STATUS, -1, NULL},
    [WARDEN_KEEPER_HANGS] = {"keeper_kill", "slot", NOTHING, -1, "it hangs"},
    [WARDEN_KEEPER_STAYS] = {"keeper_kill", "slot", NOTHING, -1, "it has old profiles and does not leave"},
    [WARDEN_KEEPER_LOST] = {"keeper_lost", "slot", NOTHING, -1, "it was killed and does not end"},
    [WARDEN_FRONT_STARTED] = {"front_start", NULL, NOTHING, -1, NULL},
    [WARDEN_FRONT_LEFT] = {"front_end", NULL, WAIT_STATUS, -1, NULL},
    [WARDEN_FRONT_ENDED] = {"front_end", NULL, WAIT_STATUS, -1, NULL},
    [WARDEN_FRONT_HANGS] = {"front_kill", NULL, NOTHING, -1, "it hangs"},
    [WARDEN_FRONT_LOST] = {"front_lost", NULL, NOTHING, -1, "it was killed and does not end"},
    [WARDEN_CANT_START] = {"start", NULL, ERROR, false, NULL},
    [WARDEN_RELOADED] = {"reload", NULL, NOTHING, true, NULL},
    [WARDEN_CANT_RELOAD] = {"reload", NULL, ERROR, false, NULL},
    [WARDEN_WONT_RELOAD] = {"reload", NULL, NOTHING, false, "the service is ending"},
    [WARDEN_KEEPS_KEEPERS] = {"keepers_kept", NULL, COUNT, -1, "a new number needs a restart"},
    [WARDEN_CANT_LISTEN] = {"listen", "listener", ERROR, false, NULL},
    [WARDEN_KEEPS_SOCKET] = {"listen", "listener", NOTHING, false, "the service manager keeps it open"},
    [WARDEN_CANT_RECLAIM] = {"reclaim", NULL, NOTHING, false, "some leftovers can't be removed"},
    [WARDEN_CANT_LOG] = {"log", NULL, ERROR, false, NULL},
    [WARDEN_IS_DRAINING] = {"drain", NULL, NOTHING, -1, NULL},
    [WARDEN_ENDS_RUNS] = {"end_runs", NULL, NOTHING, -1, NULL},
};

ssize_t log_line_event(const struct wire_event *event, char ret[LOG_LINE_ROOM])
{
    const struct event_row *row = &event_rows[event->event];
    const char *reason = *event->reason ? event->reason : row->reason;
    const int number = (int)event->number;
    json_t *object = json_object();

    if (row->slot)
        set(&object, row->slot, number_of(event->slot));
    if (row->is_ok >= 0)
        set(&object, "ok", json_boolean(row->is_ok));
    if (row->number == COUNT)
        set(&object, "n", number_of(event->number));
    if (row->number == WAIT_STATUS && WIFSIGNALED(number))
        set(&object, "signal", number_of((uint64_t)WTERMSIG(number)));
    else if (row->number == WAIT_STATUS)
        set(&object, "exit_status", number_of((uint64_t)WEXITSTATUS(number)));
    if (!reason && row->number == ERROR && number != 0)
        reason = strerror(number);
    if (reason)
        set(&object, "reason", text_of(reason));
    return write_line(event->at_ms, row->word, object, ret);
}

void log_line_client(const char key[WIRE_LOG_KEY_BYTES], const char *client, char ret[LOG_CLIENT_ROOM])
{
    uint8_t digest[(LOG_CLIENT_ROOM - 1) / 2];
    struct hmac_sha256_ctx context;

    hmac_sha256_set_key(&context, WIRE_LOG_KEY_BYTES, (const uint8_t *)key);
    hmac_sha256_update(&context, strlen(client), (const uint8_t *)client);
    hmac_sha256_digest(&context, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}
