/* SPDX-License-Identifier: MIT */
/* `exrun serve`: the service. */
#include "runner/command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config.h"
#include "runner/answer/faults.h"
#include "runner/answer/result.h"
#include "runner/command/host_enter.h"
#include "runner/command/manager.h"
#include "runner/command/serve_check.h"
#include "runner/command/serve_tell.h"
#include "runner/command/serve_token.h"
#include "runner/front/front.h"
#include "runner/front/front_load.h"
#include "runner/front/log_line.h"
#include "runner/language/language_find.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/cell/ids.h"
#include "sandbox/run/ready.h"
#include "sandbox/warden/front_confine.h"
#include "sandbox/warden/load.h"
#include "sandbox/warden/warden.h"

struct options {
    bool is_check;
    const char *config, *profiles;
    struct option_texts listen;
};

static const struct option_row rows[] = {
    {"config", 0, OPTION_TEXT, offsetof(struct options, config), "FILE",
     "the configuration; by default /etc/exrun/exrun.json, if there is one"},
    {"check", 0, OPTION_FLAG, offsetof(struct options, is_check), NULL,
     "check the configuration and the profiles, and end"},
    {"listen", 0, OPTION_TEXTS, offsetof(struct options, listen), "ADDRESS",
     "listen there (unix:PATH or IP:PORT), instead of where the configuration says; can be repeated"},
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun serve [--config FILE] [--check] [--listen ADDRESS]... [--profiles DIR]\n"
             "       exrun serve token NAME\n",
    .about =
        "Runs programs for HTTP clients, by default on the Unix socket /run/exrun/exrun.sock, or without "
        "root\n"
        "$XDG_RUNTIME_DIR/exrun/exrun.sock. Cells are made before anybody asks for one. SIGTERM ends it\n"
        "after the accepted runs, a second one cancels them. SIGHUP makes it load the configuration and the\n"
        "profiles again; if they are wrong, it goes on with those that it has. It is new and not complete.\n"
        "token: makes a token for NAME, and prints it and its line for the tokens file.\n",
    .rows = rows};

/* @profiles: a directory of profiles that was named, or NULL. @address, @admin_address: of sockets in the
 * runtime directory. */
struct serve {
    const char *profiles;
    struct host host;
    struct manager manager;
    struct front_source source;
    char address[SETTINGS_RUNTIME_ROOM + sizeof("unix:/" FRONT_SOCKET)];
    char admin_address[SETTINGS_RUNTIME_ROOM + sizeof("unix:/" FRONT_ADMIN_SOCKET)];
    struct serve_voice voice;
};

/* Leaves the reason of a failure for the log, instead of what was written before. */
static void leave_reason(int fd, const struct error *err)
{
    char text[sizeof(err->where) + sizeof(err->what)];
    int size = snprintf(text, sizeof(text), "%s%s%s", err->where, *err->where ? ": " : "", err->what);

    /* Without it, the log has no reason, but standard error has it. */
    if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)size, 0) < size)
        return;
}

/* Runs in the child without privileges, so the reason of a failure is told here. */
static int load(void *arg, const struct load_fds *fds)
{
    const struct serve *serve = arg;
    struct front_source source = serve->source;
    _cleanup_(strv_freep) char **directories = NULL;
    struct error err = {0};
    /* Once more, because one that was named can be missing by now, or be closed to this child. */
    int r = language_directories(serve->profiles, &directories, &err);

    source.directories = directories;
    if (r == 0)
        r = front_load_write(&source, fds, &err);
    if (r < 0) {
        serve_say_error(&err);
        leave_reason(fds->profiles, &err);
    }
    return r;
}

static int front(void *arg, const struct front_fds *fds)
{
    const struct serve *serve = arg;

    return front_work(&(struct front_config){.machine = &serve->host.machine,
                                             .version = EXRUN_VERSION,
                                             .status_fd = fds->status},
                      fds->warden);
}

static void line(void *arg, int fd, const struct wire_event *event)
{
    char text[LOG_LINE_ROOM];
    ssize_t size = log_line_event(event, text);

    (void)arg;
    /* The service has ended, and standard error has most of it. */
    if (size > 0 && write(fd, text, (size_t)size) < size)
        return;
}

static void tell_unheard(struct serve *serve, int r)
{
    if (r < 0)
        serve_say(&serve->voice, "the service manager can't be notified: %s", strerror(-r));
}

/* The administrator's socket is named only if it is the only one. */
static void up(void *arg, const struct load_settings *settings)
{
    struct serve *serve = arg;
    bool has_any = false;

    for (size_t i = 0; i < settings->n_listeners; i++) {
        const char *address = settings->listeners[i].address;

        if (strcmp(address, serve->admin_address) == 0)
            continue;
        serve_say(&serve->voice, "listening on %s", address);
        has_any = true;
    }
    if (!has_any)
        serve_say(&serve->voice, "listening for the administrator only, on %s", serve->admin_address);
    if (geteuid() != 0 && ids_front() == geteuid())
        serve_say(&serve->voice,
                  "the front has your own user ID, so only its empty root and its filter of system "
                  "calls protect you; \"exrun doctor\" says how to get more IDs (id-range)");
    tell_unheard(serve, manager_note_up(&serve->manager, settings->n_listeners));
}

static void told(void *arg, enum warden_event event, unsigned int slot, int number)
{
    struct serve *serve = arg;

    serve_tell(&serve->voice, event, slot, number);
    tell_unheard(serve, manager_note(&serve->manager, event));
}

/* Refuses to start if no run could start. */
static int check_machine(const struct host *host, struct error *err)
{
    for (size_t i = 0; i < MACHINE_N_NEEDED; i++) {
        const struct plan plan = {.unenforced = machine_needed[i].can};
        const struct fault_context context = {.host = host, .plan = &plan};
        struct fault fault = {0};

        if (host->machine.can & machine_needed[i].can)
            continue;
        fault_set_index(&fault, FAULT_MACHINE, -EOPNOTSUPP, i);
        fault_tell(&fault, &context, err);
        if (geteuid() != 0 && !host->tree.busy && plan.unenforced & (CAN_MEMORY | CAN_PROCESSES | CAN_CPU))
            error_hint(err, "start the service in a cgroup that is delegated to you (systemd-run --user "
                            "--scope -p Delegate=yes exrun serve)");
        return fault.error;
    }
    return 0;
}

/* Makes a cell and removes it. Only a try shows whether a user may move processes to the groups of cells. */
static int try_cell(const struct host *host, struct error *err)
{
    static char name[] = "trial", program[] = "/trial", *argv[] = {program, NULL};
    const struct plan plan = {.run.limits = limits_normal()};
    const struct profile profile = {.name = name,
                                    .entry = name,
                                    .run = {.argv = argv, .program = program},
                                    .normal = plan.run.limits,
                                    .max = plan.run.limits};
    struct ready ready = READY_NONE;
    struct fault fault = {0};
    int r = ready_make(&ready, host, &profile, STAGE_RUN, &fault);

    ready_reclaim(&ready);
    return r < 0 ? fault_tell(&fault, &(struct fault_context){.host = host, .plan = &plan}, err) : 0;
}

static int serve_with(struct serve *serve, int *ret_status, struct error *err)
{
    const struct warden_config config = {
        .host = &serve->host,
        .watchdog_ns = serve->manager.watchdog_ns,
        .inherited = serve->manager.fds,
        .n_inherited = serve->manager.n_fds,
        .calls = {.load = load, .front = front, .up = up, .told = told, .line = line, .arg = serve}};
    struct fault fault = {0};
    int r = check_machine(&serve->host, err);

    if (r == 0 && geteuid() != 0)
        r = try_cell(&serve->host, err);
    if (r < 0)
        return r;
    r = warden_work(&config, &fault);
    if (r < 0 && fault.kind == FAULT_INHERITED)
        return manager_refuse(&serve->manager, fault.index, fault.error, err);
    if (r < 0)
        return fault_tell(&fault, &(struct fault_context){.host = &serve->host}, err);
    if (r == WARDEN_E_TOLD)
        *ret_status = EX_CONFIG;
    return 0;
}

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    const struct options *options = given;
    _cleanup_(strv_freep) char **directories = NULL;
    struct serve serve = {.profiles = options->profiles, .host = HOST_NONE};
    int r;

    if (words[0] && strcmp(words[0], "token") == 0)
        return serve_token(words + 1, err);
    r = options_no_words(words, err);
    if (r == 0)
        r = manager_read(&serve.manager, err);
    if (r == 0)
        r = language_directories(options->profiles, &directories, err);
    if (r == 0) {
        serve.source.config_file = options->config;
        front_load_note(&serve.source);
        r = host_enter(directories, &serve.host, err);
    }
    if (r == 0) {
        snprintf(serve.address, sizeof(serve.address), "unix:%s/" FRONT_SOCKET, serve.host.settings.runtime);
        snprintf(serve.admin_address, sizeof(serve.admin_address), "unix:%s/" FRONT_ADMIN_SOCKET,
                 serve.host.settings.runtime);
        serve.source = (struct front_source){.directories = directories,
                                             .config_file = options->config,
                                             .listen = *options->listen.items ? options->listen.items : NULL,
                                             .address = serve.address,
                                             .admin_address = serve.admin_address,
                                             .n_slots = lease_n_slots(serve.host.n_ids)};
        r = options->is_check ? serve_check(&serve.source, err) : serve_with(&serve, ret_status, err);
    }
    host_close(&serve.host);
    return r;
}

const struct command command_serve = {.name = "serve",
                                      .help = "run programs for HTTP clients",
                                      .manual = &manual,
                                      .options_size = sizeof(struct options),
                                      .is_json = COMMAND_NO_JSON,
                                      .run = run};
