/* SPDX-License-Identifier: MIT */
/* The service that runs the probes of an audit. */
#include "runner/command/audit_server.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runner/command/ask.h"
#include "runner/command/ask_status.h"
#include "runner/front/front_cell.h"
#include "runner/front/status_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

#define SCHEME "unix:"
#define PATIENCE_S 180 /* for one probe: the queue, a compiler and the program */
#define MOST_BYTES ((size_t)64 << 20)
#define CHECKS_NS UINT64_C(30000000000) /* for the checks that the service does after its start */
#define PAUSE_NS 100000000

static void ask_answer_deinit(struct ask_answer *answer)
{
    free(answer->content);
}

static int read_status(const char *path, struct status *ret, struct error *err)
{
    _cleanup_(ask_answer_deinit) struct ask_answer answer = {.content = NULL};
    int r = ask_any(&(struct ask_request){.target = "/v1/status", .path = path}, &answer, err);

    if (r < 0)
        return r;
    if (answer.status == 200)
        return status_read(answer.content, answer.size, ret, err);
    if (answer.status != 403) {
        ask_tell_refusal(&answer, path, err);
        return -EPROTO;
    }
    error_set(err, -EPERM, EX_USAGE, path, "is not an administrator's socket");
    error_hint(err, "name the socket that the service has for administrators (unix:/run/exrun/admin.sock)");
    return -EPERM;
}

/* Returns true if the service is still to check for which languages interpreters can wait. */
static bool has_unchecked(const struct status *status)
{
    for (size_t i = 0; i < status->n_profiles; i++)
        if (!status->profiles[i].is_disabled && strcmp(status->profiles[i].warm, "unchecked") == 0)
            return true;
    return false;
}

int audit_server_open(const char *address, struct audit_server *ret, struct error *err)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};
    uint64_t end_ns = timing_now_ns() + CHECKS_NS;
    int r;

    *ret = (struct audit_server){.path = address + strlen(SCHEME)};
    if (strncmp(address, SCHEME "/", strlen(SCHEME "/")) != 0)
        return error_set(err, -EINVAL, EX_USAGE, "--server",
                         "\"%.100s\" is not unix:PATH, with an absolute path", address);
    r = read_status(ret->path, &ret->status, err);
    while (r == 0 && has_unchecked(&ret->status) && timing_now_ns() < end_ns) {
        nanosleep(&pause, NULL);
        status_deinit(&ret->status);
        r = read_status(ret->path, &ret->status, err);
    }
    return r;
}

void audit_server_deinit(struct audit_server *server)
{
    status_deinit(&server->status);
}

static bool is_absent(const struct profile_stage *stage)
{
    return stage->argv && !stage->program && stage->lack == PROGRAM_ABSENT;
}

/* Decides a row that the service can't run at all. Returns false if it can. */
static bool is_decided(const struct audit_server *server, const struct status_profile *of_service,
                       const struct language *language, struct probe_run *row)
{
    const struct profile *profile = &language->profile;
    struct probe_finding *finding = &row->finding;

    snprintf(row->profile, sizeof(row->profile), "%s", profile->name);
    if (is_absent(&profile->compile) || is_absent(&profile->run))
        probe_finding_set(finding, PROBE_ABSENT, "the program %s is not installed",
                          is_absent(&profile->compile) ? profile->compile.argv[0] : profile->run.argv[0]);
    else if (!of_service)
        probe_finding_set(finding, PROBE_ABSENT, "the service has no profile \"%s\"", profile->name);
    else if (of_service->is_disabled)
        probe_finding_set(finding, PROBE_ABSENT, "the profile is disabled in the service");
    else if (row->probe->copies > server->status.running.most)
        probe_finding_set(finding, PROBE_ABSENT,
                          "the service runs fewer programs at the same time (%" PRIu64 ")",
                          server->status.running.most);
    return *finding->why != '\0';
}

/* Decides a row for which no interpreter waits, although the profile asks for it. */
static void check_parked(const struct status_profile *of_service, struct probe_finding *finding)
{
    if (of_service->numbers.ceiling == 0)
        probe_finding_set(finding, PROBE_ABSENT, "the configuration lets no cell of this profile wait");
    else if (strcmp(of_service->warm, "none") == 0)
        probe_finding_set(finding, PROBE_ABSENT, "the service's profile asks for no interpreters that wait");
    else if (strcmp(of_service->warm, "off") == 0)
        probe_finding_set(finding, PROBE_FAILED, "no interpreter of this profile waits: %s",
                          of_service->warm_reason);
}

/* Returns true if a cell that was made ahead can run the probe: front/front_cell.c. */
static bool can_wait(const struct status_profile *of_service, const struct profile *profile,
                     const struct probe *probe)
{
    uint64_t memory_bytes = probe->limits.memory_bytes;

    return of_service->numbers.ceiling > 0 &&
           (!profile->has_proc_files || memory_bytes == 0 || memory_bytes == profile->normal.memory_bytes);
}

size_t audit_server_plan(const struct audit_server *server, const struct probe *probe,
                         const struct language *language, struct probe_run *rows)
{
    const struct status_profile *of_service = ask_status_of(&server->status, language->profile.name);

    rows[0].probe = rows[1].probe = probe;
    if (is_decided(server, of_service, language, &rows[0]))
        return 1;
    rows[0].cell = can_wait(of_service, &language->profile, probe) ? "ready" : NULL;
    if (!language->profile.warm.parks && strcmp(of_service->warm, "none") == 0)
        return 1;
    snprintf(rows[1].profile, sizeof(rows[1].profile), "%s", language->profile.name);
    rows[1].cell = "parked";
    check_parked(of_service, &rows[1].finding);
    return 2;
}

unsigned int audit_server_workers(const struct audit_server *server, unsigned int most)
{
    uint64_t places = server->status.running.most;

    return places == 0 ? 1 : places < most ? (unsigned int)places : most;
}

/* A run that can't have such a cell for what it asks for was not tried. Any other refusal is a failure of the
 * probe, or of the layer that it attacked. */
static void check_refusal(const struct ask_answer *answer, struct probe_finding *ret)
{
    _cleanup_(json_decrefp) json_t *problem = json_loads(answer->content, JSON_REJECT_DUPLICATES, NULL);
    const char *detail = json_string_value(json_object_get(problem, "detail")),
               *pointer = json_string_value(json_object_get(problem, "pointer"));
    bool is_of_cell = answer->status == 422 && detail && pointer && strcmp(pointer, "/profile") != 0 &&
                      strncmp(detail, FRONT_CELL_REFUSED, strlen(FRONT_CELL_REFUSED)) == 0;

    probe_finding_set(ret, is_of_cell ? PROBE_ABSENT : PROBE_FAILED, "the service refused it (%u): %s%s%s",
                      answer->status, pointer ? pointer : "", pointer ? ": " : "",
                      detail ? detail : "without a reason");
}

int audit_server_post(const void *arg, struct probe_post *post, struct error *err)
{
    const struct audit_server *server = arg;
    struct ask_answer answer = {.content = NULL};
    int r = ask_any(&(struct ask_request){.target = "/v1/runs",
                                          .content = post->request,
                                          .cell = post->cell,
                                          .path = server->path,
                                          .patience_s = PATIENCE_S,
                                          .most_bytes = MOST_BYTES,
                                          .cancel = post->cancel},
                    &answer, err);

    if (r == -ECANCELED)
        *err = (struct error){.code = r, .status = EX_OK};
    if (r < 0)
        return r;
    if (answer.status == 200) {
        post->answer = answer.content;
        return 0;
    }
    check_refusal(&answer, &post->finding);
    free(answer.content);
    return 0;
}

int audit_server_check_left(const struct audit_server *server, struct probe_run *runs, size_t n,
                            struct error *err)
{
    _cleanup_(status_deinit) struct status now = {.profiles = NULL};
    int r = read_status(server->path, &now, err);

    if (r < 0 || now.service.unreclaimed <= server->status.service.unreclaimed)
        return r;
    for (size_t i = 0; i < n; i++)
        if (runs[i].finding.outcome == PROBE_HELD) {
            probe_finding_set(&runs[i].finding, PROBE_BREACHED,
                              "a cell of the service left something behind during the audit");
            break;
        }
    return 0;
}
