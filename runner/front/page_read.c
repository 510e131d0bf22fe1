/* SPDX-License-Identifier: MIT */
/* Reads the files of the page from their directory. */
#include "runner/front/page_read.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/language/trust.h"
#include "runner/text/json.h"
#include "runner/text/json_parse.h"
#include "runner/text/search_path.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/strv.h"

#define MANIFEST "manifest.json"
#define MOST_BYTES ((size_t)8 << 20) /* of all files together */
#define MOST_TYPE 64
#define HASH_LENGTH BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE)

/* The directory that is read. @left: bytes that the other files may have. */
struct reading {
    struct page *page;
    const char *directory;
    size_t left;
};

static int open_manifest(const char *directory, char path[PATH_MAX])
{
    int fd;

    snprintf(path, PATH_MAX, "%s/" MANIFEST, directory);
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

void page_read_note(void)
{
    _cleanup_(strv_freep) char **directories = NULL;

    if (search_path_list(&search_path_of_web, NULL, &directories, NULL) < 0)
        return;
    for (char **directory = directories; directory && *directory; directory++) {
        char path[PATH_MAX];
        struct stat st;
        _cleanup_(fd_closep) int fd = open_manifest(*directory, path);

        if (fd >= 0 && fstat(fd, &st) == 0)
            trust_note(&st);
    }
}

static int refuse(int error, const char *path, const char *what, struct error *err)
{
    error_set(err, error, EX_CONFIG, path, "%s", what);
    error_hint(err, "install exrun again, or build the page again (npm run build, in web/), or remove "
                    "\"page\" from the listeners");
    return error;
}

static int read_content(const struct reading *reading, const char *path, struct content *ret,
                        struct error *err)
{
    _cleanup_(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    char what[128];
    int r = fd < 0 ? -errno : fd_read_all(fd, reading->left, &ret->text.data, &ret->text.size);

    if (r == 0)
        return 0;
    snprintf(what, sizeof(what), "can't be read: %s", strerror(-r));
    return refuse(r, path, r == -EFBIG ? "makes the files of the page larger than 8 MiB" : what, err);
}

static bool has_hash(const struct content *content, const char *hash)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    char text[HASH_LENGTH + 1] = "";
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, content->text.size, (const uint8_t *)content->text.data);
    sha256_digest(&context, sizeof(digest), digest);
    base16_encode_update(text, sizeof(digest), digest);
    return strcmp(text, hash) == 0;
}

/* Returns the text of the member @name, of 1 to @most printable characters, or NULL. */
static const char *text_of(const json_t *object, const char *name, size_t most)
{
    const char *text = json_string_value(json_object_get(object, name));
    size_t length = text ? strlen(text) : 0;

    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~')
            return NULL;
    return length > 0 && length <= most ? text : NULL;
}

static int read_file(struct json_in *in, const char *name, const json_t *value, void *target)
{
    struct reading *reading = target;
    struct page_file *file = &reading->page->files[reading->page->n];
    const char *hash = text_of(value, "sha256", HASH_LENGTH), *type = text_of(value, "type", MOST_TYPE);
    char path[PATH_MAX], tag[HASH_LENGTH + sizeof("\"\"")];
    int r;

    if (!page_is_name(name))
        return json_in_fail(in, "is not the name of a file of a page");
    if (!hash || !type)
        return json_in_fail(in, "must have \"sha256\" and \"type\"");
    reading->page->n++;
    snprintf(tag, sizeof(tag), "\"%s\"", hash);
    *file = (struct page_file){strdup(name), strdup(type), strdup(tag), content_new()};
    if (!file->name || !file->type || !file->tag || !file->content)
        return error_memory(in->err);
    snprintf(path, sizeof(path), "%s/%s", reading->directory, name);
    r = read_content(reading, path, file->content, in->err);
    if (r == 0 && !has_hash(file->content, hash))
        r = refuse(-EINVAL, path, "is not the file that " MANIFEST " lists", in->err);
    reading->left -= r == 0 ? file->content->text.size : 0;
    return r;
}

static int read_files(struct json_in *in, const json_t *document, struct reading *reading)
{
    const json_t *files = json_object_get(document, "files");

    if (json_object_size(files) == 0 || json_object_size(files) > PAGE_MOST_FILES)
        return json_in_fail(in, "must have \"files\", an object of 1 to %d files", PAGE_MOST_FILES);
    reading->page->files = calloc(json_object_size(files), sizeof(*reading->page->files));
    if (!reading->page->files)
        return error_memory(in->err);
    json_in_enter(in, "files");
    return json_in_map(in, files, read_file, reading);
}

/* Reads the directory whose manifest is open. */
static int read_directory(int fd, const char *path, struct reading *reading, struct error *err)
{
    struct json_in in = {.err = err, .status = EX_CONFIG};
    _cleanup_(freep) char *text = NULL;
    _cleanup_(json_decrefp) json_t *document = NULL;
    size_t size = 0;
    int r = trust_read(fd, path, &text, &size, err);

    if (r < 0)
        return r;
    r = json_in_parse(&in, text, size, &document);
    if (r == 0)
        r = read_files(&in, document, reading);
    /* A mistake in the manifest has a pointer as its place, that of a file has its path. */
    if (r < 0 && err && (*err->where == '\0' || strcmp(err->where, in.pointer) == 0))
        snprintf(err->where, sizeof(err->where), "%.90s%s%.90s", path, *in.pointer ? ":" : "", in.pointer);
    return r;
}

int page_read(struct page *ret, struct error *err)
{
    _cleanup_(strv_freep) char **directories = NULL;
    char path[PATH_MAX] = "";
    struct stat st;
    int r = search_path_list(&search_path_of_web, NULL, &directories, err);

    if (r < 0)
        return r;
    for (char **directory = directories; *directory; directory++) {
        _cleanup_(fd_closep) int fd = open_manifest(*directory, path);
        struct reading reading = {.page = ret, .directory = *directory, .left = MOST_BYTES};

        if (fd >= 0)
            return read_directory(fd, path, &reading, err);
        if (stat(*directory, &st) == 0)
            return refuse(fd, path, fd == -ENOENT ? "does not exist" : "can't be opened", err);
    }
    return refuse(-ENOENT, path, "does not exist", err);
}
