/* SPDX-License-Identifier: MIT */
/* The parts of the configuration and the profiles that the front and the warden need: written by a child
 * without privileges, read by the front (sandbox/warden/load.h). */
#ifndef EXRUN_RUNNER_FRONT_FRONT_LOAD_H
#define EXRUN_RUNNER_FRONT_FRONT_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/front/access.h"
#include "runner/front/config.h"
#include "runner/front/page.h"
#include "runner/language/language.h"
#include "runner/text/error.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/version_text.h"
#include "sandbox/warden/load.h"

#define FRONT_SOCKET "exrun.sock" /* in the runtime directory, as the other one */
#define FRONT_ADMIN_SOCKET "admin.sock"

/* @directories: of the profiles. @config_file: NULL: the usual one, which can be missing. @listen: addresses
 * that replace those of the configuration; NULL: none. @address, @admin_address: without a configuration.
 * @n_slots: slots that exrun has IDs for. Everything is borrowed. */
struct front_source {
    char *const *directories;
    const char *config_file;
    char *const *listen;
    const char *address, *admin_address;
    unsigned int n_slots;
};

struct front_warm;

/* The version of a language's program (front_versions.h). @text: "": not known. @program: state of the
 * program that it belongs to (run/version.h). @is_known: a keeper has answered, and nothing has changed
 * since.
 * @asked_ns: time of the last question; 0: it was not asked. */
struct front_version {
    char text[VERSION_TEXT_ROOM];
    uint64_t program, asked_ns;
    bool is_known;
    unsigned int n_failures; /* how often in a row its command has printed none */
};

/* @n_references: the front has one, and each run that was planned for these profiles. Only the loop counts
 * them. @generation: what the keepers call these profiles. */
struct front_load {
    unsigned int n_references;
    struct load_settings settings;
    struct language *languages;
    size_t n_languages;
    struct front_version *versions; /* of the languages; changes while the service runs */
    struct front_warm *warm;        /* likewise, see front_warm.h */
    uint32_t generation;
    struct config config;
    struct access_list access;
    struct page page;
};

/* The warden's messages with what was written. @page: its size is 0 if no listener has a page. */
struct front_load_messages {
    const struct wire_message *profiles, *access, *page;
};

/* Notes that the configuration and the files of the page can be trusted, if they can be now, before this
 * process enters a user namespace (trust_note()). */
void front_load_note(const struct front_source *source);

/* Writes everything to @fds. A file that is wrong, or that others can write to, makes it fail. Returns 0 or
 * -errno with the reason in @err. */
int front_load_write(const struct front_source *source, const struct load_fds *fds, struct error *err);

/* Reads what was written, for @machine. The texts are parsed again, for the part that the warden does not
 * need. Returns 0 or -errno. The caller has a reference to *ret. */
int front_load_read(const struct front_load_messages *messages, const struct machine *machine,
                    struct front_load **ret);

/* Returns the index of the language @name, or -1. */
int front_load_find(const struct front_load *load, const char *name);

/* Counts a further reference, and returns @load. */
struct front_load *front_load_ref(struct front_load *load);

/* Gives one back; the last one frees it. @load can be NULL. */
void front_load_unref(struct front_load *load);

#endif
