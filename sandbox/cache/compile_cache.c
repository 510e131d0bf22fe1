/* SPDX-License-Identifier: MIT */
/* Results of earlier compilations. */
#include "sandbox/cache/compile_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cache/directory.h"
#include "sandbox/cache/hash.h"

#define NAME_LENGTH ((size_t)2 * COMPILE_CACHE_KEY_BYTES)
#define MOST_ENTRIES 8192 /* each store reads all of them */

enum { PRODUCT, OUTPUT, ERRORS, N_PARTS };

/* The start of an entry's file, followed by the parts. @digest: SHA-256 of everything after it. */
struct header {
    char magic[8];
    uint8_t digest[SHA256_DIGEST_SIZE];
    uint8_t key[COMPILE_CACHE_KEY_BYTES];
    uint64_t sizes[N_PARTS];
};

static const char magic[8] = "exrun c3";

/* One file of the directory. */
struct kept {
    char name[NAME_LENGTH + 1];
    uint64_t bytes;
    struct timespec used;
};

void compile_cache_open(struct compile_cache *cache, const struct settings *settings)
{
    int directory = directory_open(settings, true);

    *cache = (struct compile_cache){.directory = directory < 0 ? -1 : directory,
                                    .most_bytes = settings->cache_bytes};
}

void compile_cache_close(struct compile_cache *cache)
{
    fd_closep(&cache->directory);
}

void compile_cache_key(const struct plan *plan, const uint8_t toolchain[TOOLCHAIN_BYTES],
                       uint8_t ret_key[COMPILE_CACHE_KEY_BYTES])
{
    const struct plan_stage *stage = &plan->compile;
    struct sha256_ctx hash;

    sha256_init(&hash);
    hash_add(&hash, magic, sizeof(magic));
    hash_add(&hash, toolchain, TOOLCHAIN_BYTES);
    hash_add_list(&hash, stage->argv);
    hash_add_list(&hash, stage->env);
    for (size_t i = 0; i < stage->n_files; i++) {
        hash_add_text(&hash, stage->files[i].path);
        hash_add(&hash, stage->files[i].content.data, stage->files[i].content.size);
    }
    sha256_digest(&hash, COMPILE_CACHE_KEY_BYTES, ret_key);
}

static void digest_of(const struct header *header, const void *parts[N_PARTS],
                      uint8_t ret[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    sha256_update(&hash, sizeof(header->key), header->key);
    sha256_update(&hash, sizeof(header->sizes), (const uint8_t *)header->sizes);
    for (int part = 0; part < N_PARTS; part++)
        sha256_update(&hash, (size_t)header->sizes[part], parts[part]);
    sha256_digest(&hash, SHA256_DIGEST_SIZE, ret);
}

/* Returns true if this whole file is the entry @key. Then @ret_parts point into it. */
static bool is_entry(const char *data, size_t size, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                     struct header *header, const void *ret_parts[N_PARTS])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    size_t at = sizeof(*header);

    if (size < sizeof(*header))
        return false;
    memcpy(header, data, sizeof(*header));
    if (memcmp(header->magic, magic, sizeof(magic)) != 0 ||
        memcmp(header->key, key, sizeof(header->key)) != 0)
        return false;
    for (int part = 0; part < N_PARTS; part++) {
        if (header->sizes[part] > size - at)
            return false;
        ret_parts[part] = data + at;
        at += (size_t)header->sizes[part];
    }
    digest_of(header, ret_parts, digest);
    return at == size && memcmp(digest, header->digest, sizeof(digest)) == 0;
}

static int copy(struct bytes *to, const void *data, uint64_t size)
{
    to->data = malloc((size_t)size + 1);
    if (!to->data)
        return -ENOMEM;
    memcpy(to->data, data, (size_t)size);
    to->data[size] = '\0';
    to->size = (size_t)size;
    return 0;
}

/* Reads the whole file if only exrun can have written it. Returns 0, -EPERM if not, or another -errno. The
 * caller frees *ret. */
static int read_own(int fd, uint64_t most, char **ret, size_t *ret_size)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode) || !directory_is_ours_alone(&st) || (uint64_t)st.st_size > most)
        return -EPERM;
    return fd_read_all(fd, (size_t)most, ret, ret_size);
}

int compile_cache_find(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                       struct compile_cache_entry *ret)
{
    char name[NAME_LENGTH + 1];
    _cleanup_(fd_closep) int fd = -1;
    _cleanup_(freep) char *data = NULL;
    const void *parts[N_PARTS];
    struct header header;
    size_t size = 0;
    int r;

    *ret = (struct compile_cache_entry){0};
    hash_name(key, COMPILE_CACHE_KEY_BYTES, name);
    if (cache->directory >= 0)
        fd = openat(cache->directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno != ELOOP)
        return COMPILE_CACHE_E_NONE;
    if (fd < 0 || read_own(fd, cache->most_bytes, &data, &size) < 0 ||
        !is_entry(data, size, key, &header, parts)) {
        unlinkat(cache->directory, name, 0);
        return COMPILE_CACHE_E_NONE;
    }
    futimens(fd, NULL);
    r = copy(&ret->output, parts[OUTPUT], header.sizes[OUTPUT]);
    if (r == 0)
        r = copy(&ret->errors, parts[ERRORS], header.sizes[ERRORS]);
    if (r < 0) {
        free(ret->output.data);
        *ret = (struct compile_cache_entry){0};
        return r;
    }
    /* The product is the large part, so it stays in the buffer into which it was read. */
    memmove(data, parts[PRODUCT], (size_t)header.sizes[PRODUCT]);
    data[header.sizes[PRODUCT]] = '\0';
    ret->product = (struct bytes){.data = steal(data), .size = (size_t)header.sizes[PRODUCT]};
    return 0;
}

static bool is_name(const char *name)
{
    return strlen(name) == NAME_LENGTH && strspn(name, "0123456789abcdef") == NAME_LENGTH;
}

/* Lists all entries. Returns their number, or -errno. The caller frees *ret. */
static ssize_t list(const struct compile_cache *cache, struct kept **ret)
{
    _cleanup_(dir_closep) DIR *directory = NULL;
    _cleanup_(freep) struct kept *entries = NULL;
    int fd = openat(cache->directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct dirent *found;
    size_t n = 0, room = 0;

    directory = fd < 0 ? NULL : fdopendir(fd);
    if (!directory) {
        fd_closep(&fd);
        return -errno;
    }
    while ((found = readdir(directory))) {
        struct stat st;

        if (!is_name(found->d_name) || fstatat(fd, found->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
            S_ISDIR(st.st_mode))
            continue;
        if (n == room) {
            struct kept *grown = reallocarray(entries, room = room ? 2 * room : 64, sizeof(*grown));

            if (!grown)
                return -ENOMEM;
            entries = grown;
        }
        entries[n] = (struct kept){.bytes = (uint64_t)st.st_blocks * 512, .used = st.st_mtim};
        memcpy(entries[n++].name, found->d_name, NAME_LENGTH);
    }
    *ret = steal(entries);
    return (ssize_t)n;
}

static int compare_use(const void *a, const void *b)
{
    const struct timespec *one = &((const struct kept *)a)->used, *other = &((const struct kept *)b)->used;

    if (one->tv_sec != other->tv_sec)
        return one->tv_sec < other->tv_sec ? -1 : 1;
    return (one->tv_nsec > other->tv_nsec) - (one->tv_nsec < other->tv_nsec);
}

/* Removes the least recently used entries if the cache is too large. Frees an eighth, so that not every store
 * has to. */
static void trim(const struct compile_cache *cache)
{
    _cleanup_(freep) struct kept *entries = NULL;
    ssize_t n = list(cache, &entries);
    uint64_t sum = 0;

    for (ssize_t i = 0; entries && i < n; i++)
        sum += entries[i].bytes;
    if (!entries || (sum <= cache->most_bytes && n <= MOST_ENTRIES))
        return;
    qsort(entries, (size_t)n, sizeof(*entries), compare_use);
    for (ssize_t i = 0;
         i < n && (sum > cache->most_bytes - cache->most_bytes / 8 || n - i > MOST_ENTRIES * 7 / 8); i++) {
        unlinkat(cache->directory, entries[i].name, 0);
        sum -= entries[i].bytes;
    }
}

static int write_entry(int fd, const struct header *header, const void *parts[N_PARTS])
{
    int r = fd_write_all(fd, header, sizeof(*header));

    for (int part = 0; part < N_PARTS && r == 0; part++)
        r = fd_write_all(fd, parts[part], (size_t)header->sizes[part]);
    return r;
}

void compile_cache_store(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                         const struct compile_cache_entry *entry)
{
    const struct bytes *const of_entry[N_PARTS] = {&entry->product, &entry->output, &entry->errors};
    _cleanup_(fd_closep) int fd = -1;
    char name[NAME_LENGTH + 1], path[32];
    const void *parts[N_PARTS];
    struct header header;
    uint64_t sum = sizeof(header);

    memcpy(header.magic, magic, sizeof(magic));
    memcpy(header.key, key, sizeof(header.key));
    for (int part = 0; part < N_PARTS; part++) {
        header.sizes[part] = of_entry[part]->size;
        parts[part] = of_entry[part]->data ? of_entry[part]->data : "";
        sum += header.sizes[part];
    }
    digest_of(&header, parts, header.digest);
    /* An entry that would displace all others is not worth it. */
    if (cache->directory < 0 || sum > cache->most_bytes / 4)
        return;
    fd = openat(cache->directory, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0 || write_entry(fd, &header, parts) < 0)
        return;
    hash_name(key, COMPILE_CACHE_KEY_BYTES, name);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (linkat(AT_FDCWD, path, cache->directory, name, AT_SYMLINK_FOLLOW) == 0)
        trim(cache);
}

int compile_cache_clear(const struct compile_cache *cache, bool is_dry, struct compile_cache_cleared *ret)
{
    _cleanup_(freep) struct kept *entries = NULL;
    ssize_t n = cache->directory < 0 ? 0 : list(cache, &entries);

    *ret = (struct compile_cache_cleared){0};
    for (ssize_t i = 0; entries && i < n; i++) {
        if (!is_dry && unlinkat(cache->directory, entries[i].name, 0) < 0 && errno != ENOENT)
            return -errno;
        ret->entries++;
        ret->bytes += entries[i].bytes;
    }
    return n < 0 ? (int)n : 0;
}
