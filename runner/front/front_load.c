/* SPDX-License-Identifier: MIT */
/* The configuration and the profiles of the service. */
#include "runner/front/front_load.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/front/config_log.h"
#include "runner/front/config_settle.h"
#include "runner/front/front_listeners.h"
#include "runner/front/front_page.h"
#include "runner/front/page_read.h"
#include "runner/front/warm_state.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "runner/language/trust.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/profile_pack.h"

#define CONFIG_FILE "/etc/exrun/exrun.json"

/* The text of a file, as it was read. */
struct text {
    char *path, *data;
    size_t size;
};

static void text_deinit(struct text *text)
{
    free(text->path);
    free(text->data);
}

/* Everything that is written. */
struct writing {
    const struct front_source *source;
    char **names;
    struct language *languages;
    struct text *texts;
    size_t n;
    struct text config_text;
    struct config config;
    struct load_settings settings;
    struct access_list access;
};

static void writing_deinit(struct writing *writing)
{
    for (size_t i = 0; i < writing->n; i++) {
        language_deinit(&writing->languages[i]);
        text_deinit(&writing->texts[i]);
    }
    free(writing->languages);
    free(writing->texts);
    strv_free(writing->names);
    text_deinit(&writing->config_text);
    config_deinit(&writing->config);
    load_settings_deinit(&writing->settings);
    access_list_deinit(&writing->access);
}

/* Keeps the text of the file in which the language was found. The front gets the text, so the language is
 * read from it, too: the file can change at any time. */
static int read_again(struct language *language, const char *name, struct text *ret, struct error *err)
{
    _cleanup_(fd_closep) int fd = open(language->file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int r;

    ret->path = steal(language->file);
    language_deinit(language);
    if (fd < 0)
        return error_set(err, -errno, EX_CONFIG, ret->path, "can't be opened: %s", strerror(errno));
    r = trust_read(fd, ret->path, &ret->data, &ret->size, err);
    if (r == 0)
        r = language_read_text(ret->path, ret->data, ret->size, language, err);
    if (r < 0 || strcmp(language->profile.name, name) == 0)
        return r;
    error_set(err, -EINVAL, EX_CONFIG, ret->path, "has changed while it was read");
    error_hint(err, "try again");
    return -EINVAL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The order of the names is that of the pool's keys, of which the first has precedence among equals. It does
 * not depend on the directories. */
static int find_languages(struct writing *writing, struct error *err)
{
    int r = language_names(writing->source->directories, &writing->names, err);
    size_t n = strv_length(writing->names);

    if (r < 0)
        return r;
    if (n > 0)
        qsort(writing->names, n, sizeof(*writing->names), compare_names);
    writing->languages = calloc(n + 1, sizeof(*writing->languages));
    writing->texts = calloc(n + 1, sizeof(*writing->texts));
    if (!writing->languages || !writing->texts)
        return error_memory(err);
    writing->n = n;
    for (size_t i = 0; i < n; i++) {
        r = language_find(writing->source->directories, writing->names[i], &writing->languages[i], err);
        if (r == 0)
            r = read_again(&writing->languages[i], writing->names[i], &writing->texts[i], err);
        if (r < 0)
            return r;
    }
    return 0;
}

static const char *config_path(const struct front_source *source)
{
    return source->config_file ? source->config_file : CONFIG_FILE;
}

void front_load_note(const struct front_source *source)
{
    struct stat st;

    if (stat(config_path(source), &st) == 0)
        trust_note(&st);
    page_read_note();
}

/* Reads the configuration's text; that of an empty one if there is no file and none was named. */
static int read_config_text(struct writing *writing, struct error *err)
{
    const char *path = config_path(writing->source);
    struct text *text = &writing->config_text;
    _cleanup_(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    text->path = strdup(path);
    if (!text->path)
        return error_memory(err);
    if (fd < 0 && (errno != ENOENT || writing->source->config_file))
        return error_set(err, -errno, errno == ENOENT ? EX_NOINPUT : EX_CONFIG, path, "can't be opened: %s",
                         strerror(errno));
    if (fd >= 0)
        return trust_read(fd, path, &text->data, &text->size, err);
    text->data = strdup("{}");
    text->size = 2;
    return text->data ? 0 : error_memory(err);
}

/* The machine, as far as the configuration depends on it. @address: of the listener if the configuration
 * names none. */
struct surroundings {
    const struct load_settings *settings;
    const struct language *languages;
    size_t n_languages;
    const char *address;
};

static int settle(struct config *config, const struct surroundings *around, struct error *err)
{
    const size_t n = around->n_languages;
    _cleanup_(freep) struct config_host_profile *profiles = calloc(n + 1, sizeof(*profiles));
    struct config_host host = {.processors = around->settings->n_cpus,
                               .memory_bytes = around->settings->memory_bytes,
                               .address = around->address,
                               .profiles = profiles,
                               .n_profiles = n};

    if (!profiles)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        const struct profile *profile = &around->languages[i].profile;
        uint64_t of_run = profile->max.memory_bytes, of_compile = profile->compile_limits.memory_bytes;

        profiles[i].name = profile->name;
        profiles[i].memory_bytes = profile->compile.argv && of_compile > of_run ? of_compile : of_run;
    }
    return config_settle(config, &host, err);
}

/* Each keeper has a slot. */
static int check_slots(const struct writing *writing, struct error *err)
{
    const unsigned int n_slots = writing->source->n_slots;

    if (writing->config.cells.keepers <= n_slots)
        return 0;
    error_set(err, -EINVAL, EX_CONFIG, "", "is %" PRIu64 ", but there are user IDs for %u cells",
              writing->config.cells.keepers, n_slots);
    error_hint(err, "lower cells.keepers, or get more user IDs (see id-range in \"exrun doctor\")");
    config_place(&writing->config, "/cells/keepers", err);
    return -EINVAL;
}

/* Writes what was packed. @what: a name for it. */
static int write_pack(const struct pack *pack, int fd, const char *what, struct error *err)
{
    int r;

    if (pack_end(pack) < 0)
        return error_memory(err);
    r = fd_write_all(fd, pack->data, pack->size);
    return r < 0 ? error_set(err, r, EX_OSERR, "", "%s can't be handed over: %s", what, strerror(-r)) : 0;
}

static int pack_all(struct writing *writing, int fd, struct error *err)
{
    _cleanup_(pack_deinit) struct pack pack = {0};
    void *nothing = NULL;
    size_t n = writing->n;

    load_settings_pack(&pack, &writing->settings);
    pack_list(&pack, &nothing, &n, 0);
    for (size_t i = 0; i < writing->n; i++) {
        profile_pack(&pack, &writing->languages[i].profile);
        pack_text(&pack, &writing->texts[i].path);
        pack_bytes(&pack, &writing->texts[i].data, &writing->texts[i].size);
    }
    pack_text(&pack, &writing->config_text.path);
    pack_bytes(&pack, &writing->config_text.data, &writing->config_text.size);
    return write_pack(&pack, fd, "the profiles", err);
}

static int pack_access(struct writing *writing, int fd, struct error *err)
{
    _cleanup_(pack_deinit) struct pack pack = {0};

    access_list_pack(&pack, &writing->access);
    return write_pack(&pack, fd, "the listeners", err);
}

static int pack_page(struct writing *writing, int fd, struct error *err)
{
    _cleanup_(pack_deinit) struct pack pack = {0};
    int r = front_page_pack(&writing->access, &pack, err);

    return r < 0 ? r : write_pack(&pack, fd, "the files of the page", err);
}

static int add_listeners(struct writing *writing, struct error *err)
{
    const struct front_addresses addresses = {writing->source->listen, writing->source->admin_address,
                                              writing->config_text.path};

    return front_listeners_add(&(struct front_listeners){&writing->settings, &writing->access},
                               &writing->config, &addresses, err);
}

int front_load_write(const struct front_source *source, const struct load_fds *fds, struct error *err)
{
    _cleanup_(writing_deinit) struct writing writing = {.source = source};
    int r = find_languages(&writing, err);

    if (r == 0)
        r = read_config_text(&writing, err);
    if (r == 0)
        r = config_read(writing.config_text.path, writing.config_text.data, writing.config_text.size,
                        &writing.config, err);
    if (r < 0)
        return r;
    writing.settings.n_cpus = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
    writing.settings.memory_bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    r = settle(&writing.config,
               &(struct surroundings){&writing.settings, writing.languages, writing.n, source->address}, err);
    if (r == 0)
        r = check_slots(&writing, err);
    if (r < 0)
        return r;
    writing.settings.n_keepers = writing.config.cells.keepers;
    writing.settings.drain_ms = writing.config.drain_ms;
    writing.settings.own_bytes = writing.config.service.memory_bytes;
    r = add_listeners(&writing, err);
    if (r == 0)
        r = config_log_set(&writing.config, &writing.settings, err);
    if (r == 0)
        r = pack_page(&writing, fds->page, err);
    if (r == 0)
        r = pack_all(&writing, fds->profiles, err);
    return r < 0 ? r : pack_access(&writing, fds->access, err);
}

/* The two halves of a language come from the same text, one of them by way of a process that could look up
 * its programs. */
static int read_language(struct pack *pack, struct language *ret)
{
    _cleanup_(profile_deinit) struct profile profile = {.name = NULL};
    _cleanup_(text_deinit) struct text text = {.path = NULL};
    int r;

    profile_pack(pack, &profile);
    pack_text(pack, &text.path);
    pack_bytes(pack, &text.data, &text.size);
    if (pack->error < 0 || !text.path || !text.data)
        return pack->error < 0 ? pack->error : -EBADMSG;
    r = language_read_text(text.path, text.data, text.size, ret, NULL);
    if (r < 0)
        return r;
    profile_deinit(&ret->profile);
    ret->profile = profile;
    profile = (struct profile){.name = NULL};
    return 0;
}

static int read_config(struct pack *pack, struct front_load *load)
{
    /* The warden has opened the listeners, so their addresses don't matter here. */
    const struct surroundings around = {&load->settings, load->languages, load->n_languages, "unix:/"};
    _cleanup_(text_deinit) struct text text = {.path = NULL};
    int r;

    pack_text(pack, &text.path);
    pack_bytes(pack, &text.data, &text.size);
    if (pack->error < 0 || !text.path || !text.data)
        return pack->error < 0 ? pack->error : -EBADMSG;
    r = config_read(text.path, text.data, text.size, &load->config, NULL);
    return r < 0 ? r : settle(&load->config, &around, NULL);
}

static int read_all(char *bytes, size_t size, struct front_load *load)
{
    struct pack pack = PACK_READ(bytes, size);
    size_t n;
    int r;

    load_settings_pack(&pack, &load->settings);
    n = pack_list(&pack, (void **)&load->languages, &load->n_languages, sizeof(*load->languages));
    for (size_t i = 0; i < n; i++) {
        r = read_language(&pack, &load->languages[i]);
        if (r < 0)
            return r;
    }
    load->versions = calloc(n + 1, sizeof(*load->versions));
    if (!load->versions)
        return -ENOMEM;
    r = read_config(&pack, load);
    return r < 0 ? r : pack_end(&pack);
}

int front_load_read(const struct front_load_messages *messages, const struct machine *machine,
                    struct front_load **ret)
{
    struct front_load *load = calloc(1, sizeof(*load));
    int r;

    if (!load)
        return -ENOMEM;
    load->n_references = 1;
    load->generation = messages->profiles->generation;
    r = read_all(messages->profiles->payload, messages->profiles->size, load);
    if (r == 0)
        r = access_list_read(messages->access->payload, messages->access->size, &load->access);
    if (r == 0)
        r = front_page_read(&load->access, messages->page, &load->page);
    if (r == 0)
        r = front_warm_init(load->languages, load->n_languages, load->config.cells.pools, machine,
                            &load->warm);
    if (r < 0)
        front_load_unref(load);
    else
        *ret = load;
    return r;
}

int front_load_find(const struct front_load *load, const char *name)
{
    for (size_t i = 0; i < load->n_languages; i++)
        if (strcmp(load->languages[i].profile.name, name) == 0)
            return (int)i;
    return -1;
}

struct front_load *front_load_ref(struct front_load *load)
{
    load->n_references++;
    return load;
}

void front_load_unref(struct front_load *load)
{
    if (!load || --load->n_references > 0)
        return;
    front_warm_free(load->warm, load->n_languages);
    for (size_t i = 0; i < load->n_languages; i++)
        language_deinit(&load->languages[i]);
    free(load->languages);
    free(load->versions);
    config_deinit(&load->config);
    load_settings_deinit(&load->settings);
    access_list_deinit(&load->access);
    page_deinit(&load->page);
    free(load);
}
