/* SPDX-License-Identifier: MIT */
/* Puts together who may use a listener. */
#include "runner/front/front_access.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/language/trust.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

#define MOST_MODE 0640 /* the group can be that of whoever manages the tokens */

static int open_tokens(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd >= 0)
        return fd;
    error_set(err, -errno, EX_CONFIG, path, "can't be opened: %s", strerror(errno));
    if (errno == ENOENT)
        error_hint(err, "make a token (exrun serve token NAME), put the line that it prints into this file, "
                        "and give it to root (chmod 0640)");
    return -errno;
}

static int check_mode(int fd, const char *path, struct error *err)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return error_set(err, -errno, EX_CONFIG, path, "can't be inspected: %s", strerror(errno));
    if (!(st.st_mode & 07777 & ~MOST_MODE))
        return 0;
    error_set(err, -EPERM, EX_CONFIG, path, "can be read or changed by others (its mode is %04o)",
              st.st_mode & 07777);
    error_hint(err, "change it (chmod 0640)");
    return -EPERM;
}

static int read_tokens(const char *path, struct tokens *ret, struct error *err)
{
    _cleanup_(fd_closep) int fd = open_tokens(path, err);
    _cleanup_(freep) char *text = NULL;
    size_t size = 0;
    int r = fd < 0 ? fd : check_mode(fd, path, err);

    if (r == 0)
        r = trust_read(fd, path, &text, &size, err);
    if (r == 0)
        r = tokens_read(path, text, size, ret, err);
    if (r < 0 || ret->n > 0)
        return r;
    error_set(err, -EINVAL, EX_CONFIG, path, "has no token");
    error_hint(err, "make one (exrun serve token NAME), and put the line that it prints into this file");
    return -EINVAL;
}

/* Runs belong to the name of a token, so two clients must not have the same one. Several listeners may read
 * the same file. */
static int check_names(const struct access_list *list, const struct tokens *tokens, const char *path,
                       struct error *err)
{
    for (size_t i = 0; i + 1 < list->n; i++)
        for (size_t j = 0; j < tokens->n; j++) {
            const struct token *other = tokens_named(&list->items[i].tokens, tokens->items[j].name);

            if (!other || memcmp(other->hash, tokens->items[j].hash, sizeof(other->hash)) == 0)
                continue;
            error_set(err, -EINVAL, EX_CONFIG, path,
                      "\"%.60s\" has another token in the file of another listener", other->name);
            error_hint(err, "give each client its own name, because its runs belong to it");
            return -EINVAL;
        }
    return 0;
}

static int copy_list(char *const *list, char ***ret, struct error *err)
{
    for (; list && *list; list++)
        if (strv_add(ret, *list) < 0)
            return error_memory(err);
    return 0;
}

int front_access_add(struct access_list *list, const struct config_listener *listener, struct error *err)
{
    struct access *grown = reallocarray(list->items, list->n + 1, sizeof(*grown)), *access;
    int r;

    if (!grown)
        return error_memory(err);
    list->items = grown;
    access = &list->items[list->n++];
    *access = (struct access){.address = strdup(listener->address),
                              .wants_token = listener->tokens_file != NULL,
                              .has_metrics = listener->has_metrics,
                              .has_page = listener->has_page};
    if (!access->address)
        return error_memory(err);
    r = copy_list(listener->hosts, &access->hosts, err);
    if (r == 0)
        r = copy_list(listener->origins, &access->origins, err);
    if (r < 0 || !listener->tokens_file)
        return r;
    r = read_tokens(listener->tokens_file, &access->tokens, err);
    return r < 0 ? r : check_names(list, &access->tokens, listener->tokens_file, err);
}
