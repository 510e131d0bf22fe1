/* SPDX-License-Identifier: MIT */
/* The service that runs the probes of `exrun audit --server`.
 *
 * Each probe is sent as one request. A probe of a language whose interpreters wait is run twice: in a ready
 * cell and in a parked one. The header Exrun-Cell asks for the kind, so the socket must be an
 * administrator's. */
#ifndef EXRUN_RUNNER_COMMAND_AUDIT_SERVER_H
#define EXRUN_RUNNER_COMMAND_AUDIT_SERVER_H

#include "runner/audit/probe_run.h"
#include "runner/front/status.h"
#include "runner/language/language.h"
#include "runner/text/error.h"

enum { AUDIT_SERVER_ROWS = 2 };

/* @path: of the socket; borrowed. @status: before the first probe, with all languages checked. */
struct audit_server {
    const char *path;
    struct status status;
};

/* Asks the service at @address, "unix:PATH", and waits for a while until it has checked for which languages
 * interpreters can wait. Returns 0 or -errno with the reason in @err: EX_USAGE if the address is wrong or not
 * an administrator's, EX_UNAVAILABLE if no service listens there. The caller must call audit_server_deinit()
 * even on failure. */
int audit_server_open(const char *address, struct audit_server *ret, struct error *err);
void audit_server_deinit(struct audit_server *server);

/* Stores how @probe, whose language is @language, is run, in @rows, which has room for AUDIT_SERVER_ROWS; its
 * members are zero. Returns the number of rows. If one can't be run, it already has its finding. */
size_t audit_server_plan(const struct audit_server *server, const struct probe *probe,
                         const struct language *language, struct probe_run *rows);

/* Returns how many probes are sent at the same time, at most @most. */
unsigned int audit_server_workers(const struct audit_server *server, unsigned int most);

/* The function @post of struct probe_runs; @arg: the struct audit_server. */
int audit_server_post(const void *arg, struct probe_post *post, struct error *err);

/* If cells of the service left something behind since audit_server_open(), the first of the @n @runs that
 * held is a breach, because a result of the service doesn't say whose cell it was. Returns 0 or -errno with
 * the reason in @err. */
int audit_server_check_left(const struct audit_server *server, struct probe_run *runs, size_t n,
                            struct error *err);

#endif
