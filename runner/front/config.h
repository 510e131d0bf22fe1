/* SPDX-License-Identifier: MIT */
/* The configuration of the service, /etc/exrun/exrun.json.
 *
 * All members are optional, and unknown ones are refused. config_read() needs nothing but the text; it leaves
 * members unset whose default depends on the machine or on other members. config_settle() (config_settle.h)
 * gives these their values and compares the members. Errors have the status EX_CONFIG, "FILE:/pointer" as
 * their place, and a hint. */
#ifndef EXRUN_RUNNER_FRONT_CONFIG_H
#define EXRUN_RUNNER_FRONT_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/front/config_listen.h"
#include "runner/text/error.h"

#define CONFIG_UNSET UINT64_MAX /* a number that the file does not give */

/* How many cells of a profile wait for runs, at least and at most. */
struct config_pool {
    uint64_t floor, ceiling;
};

struct config_profile {
    char *name;
    struct config_pool pool;
};

/* Everything is owned by the configuration. */
struct config {
    char *file; /* path that it was read from */
    struct config_listener *listeners;
    size_t n_listeners;
    bool has_listen; /* the file has the member "listen", which can be empty */
    struct {
        uint64_t running;                /* runs at the same time; 0: none starts */
        uint64_t keepers;                /* processes that have a cell each */
        uint64_t memory_bytes;           /* sum of the memory limits of the runs in progress */
        struct config_profile *profiles; /* as the file gives them */
        size_t n_profiles;
        struct config_pool *pools; /* of all profiles of the machine; NULL before config_settle() */
    } cells;
    struct {
        uint64_t length, bytes; /* waiting runs, and their bodies */
        uint64_t wait_ms;       /* longest wait of a run */
    } queue;
    struct {
        uint64_t connections;              /* at the same time */
        uint64_t per_peer;                 /* ... from one address, for TCP */
        uint64_t body_bytes, bodies_bytes; /* of one request, and of all that are being received */
        uint64_t header_ms, body_ms;       /* to receive a request's head and body */
        uint64_t idle_ms;                  /* between two requests */
        uint64_t streams_per_run;
    } http;
    struct {
        uint64_t idle_ms;  /* longest single wait of a program for its open stdin */
        uint64_t total_ms; /* longest wait of a run for it, summed up */
        uint64_t waiting;  /* runs whose clocks may stand still at the same time */
    } input;               /* "stdin" */
    struct {
        uint64_t seconds, bytes; /* of results, after the end of the run */
    } keep;
    struct {
        uint64_t memory_bytes;  /* limit of the service's own processes */
        uint64_t results_bytes; /* reserved for runs in progress and results */
    } service;
    uint64_t drain_ms; /* for accepted runs, when the service ends */
    struct {
        uint64_t examples; /* names that have their own metrics */
    } labels;
    char *log_path; /* NULL: the file does not give it */
};

/* Reads the text of the file @path. The caller must call config_deinit() even on failure. */
int config_read(const char *path, const char *text, size_t size, struct config *config, struct error *err);

/* Puts the file's name before the place @pointer of @err, and adds a hint if there is none. Only for
 * config.c and config_settle.c. */
void config_place(const struct config *config, const char *pointer, struct error *err);

void config_deinit(struct config *config);

#endif
