/* SPDX-License-Identifier: MIT */
/* The order: one job in the form that is sent. */
#include "sandbox/plan/order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/strv.h"

#define VERSION 3

/* @at: offset from the start; 0: missing. @n: bytes of a text without its NUL, or elements of a list. */
struct span {
    uint64_t at, n;
};

enum list { LIST_ARGS, LIST_ENV, LIST_ARTIFACTS, LIST_PATHS, LIST_CONTENTS, N_LISTS };

/* As many as a request may have, because each one costs the reader time. */
static const uint64_t list_most[N_LISTS] = {[LIST_ARGS] = JOB_MOST_ITEMS,
                                            [LIST_ENV] = JOB_MOST_ITEMS,
                                            [LIST_ARTIFACTS] = JOB_MOST_ARTIFACTS,
                                            [LIST_PATHS] = JOB_MOST_FILES,
                                            [LIST_CONTENTS] = JOB_MOST_FILES};

/* The lists, which consist of spans, follow the head. The texts follow them in the order of the head, without
 * gaps. */
struct head {
    uint64_t version, size;
    uint64_t joins_outputs, keeps_input_open; /* 0 or 1 */
    uint64_t limits[N_LIMITS];
    struct span source, input;
    struct span lists[N_LISTS];
};

/* Packing walks over the job twice: first without @base to find the size, then to fill it. */
struct packing {
    char *base;
    uint64_t at;
};

static struct span put(struct packing *packing, const char *data, size_t size)
{
    struct span span = {.at = packing->at, .n = size};

    if (packing->base && size > 0)
        memcpy(packing->base + span.at, data, size);
    packing->at += size + 1;
    return span;
}

static struct span put_bytes(struct packing *packing, const struct bytes *bytes)
{
    return bytes->data ? put(packing, bytes->data, bytes->size) : (struct span){0};
}

static void put_job(struct packing *packing, const struct job *job)
{
    struct head head = {
        .version = VERSION, .joins_outputs = job->joins_outputs, .keeps_input_open = job->keeps_input_open};
    char *const *const texts[] = {
        [LIST_ARGS] = job->args, [LIST_ENV] = job->env, [LIST_ARTIFACTS] = job->artifacts};
    uint64_t list_at = sizeof(head);

    packing->at = sizeof(head);
    for (int list = 0; list < N_LISTS; list++) {
        size_t n = list < LIST_PATHS ? strv_length(texts[list]) : job->n_files;

        /* A missing list and an empty list are different. */
        head.lists[list] = (struct span){list >= LIST_PATHS || texts[list] ? packing->at : 0, n};
        packing->at += n * sizeof(struct span);
    }
    head.source = put_bytes(packing, &job->source);
    head.input = put_bytes(packing, &job->input);
    for (int list = 0; list < N_LISTS; list++) {
        for (size_t i = 0; i < head.lists[list].n; i++, list_at += sizeof(struct span)) {
            struct span span = list == LIST_PATHS
                                   ? put(packing, job->files[i].path, strlen(job->files[i].path))
                               : list == LIST_CONTENTS ? put_bytes(packing, &job->files[i].content)
                                                       : put(packing, texts[list][i], strlen(texts[list][i]));

            if (packing->base)
                memcpy(packing->base + list_at, &span, sizeof(span));
        }
    }
    for (int limit = 0; limit < N_LIMITS; limit++)
        head.limits[limit] = limits_get(&job->asked, (enum limit)limit);
    head.size = packing->at;
    if (packing->base)
        memcpy(packing->base, &head, sizeof(head));
}

int order_pack(const struct job *job, size_t before, char **ret, size_t *ret_size)
{
    struct packing packing = {0};
    char *bytes;

    put_job(&packing, job);
    if (packing.at > ORDER_MOST_BYTES)
        return -EFBIG;
    *ret_size = before + packing.at;
    bytes = calloc(1, *ret_size);
    if (!bytes)
        return -ENOMEM;
    packing = (struct packing){.base = bytes + before};
    put_job(&packing, job);
    *ret = bytes;
    return 0;
}

/* @at: offset of the next part. Texts must follow each other without a gap, so that no two can overlap. */
struct reading {
    char *bytes;
    uint64_t at, size;
};

static int get_bytes(struct reading *reading, const struct span *span, struct bytes *ret)
{
    if (span->at == 0 && span->n == 0)
        return 0;
    if (span->at != reading->at || span->n >= reading->size - reading->at)
        return -EBADMSG;
    reading->at += span->n + 1;
    *ret = (struct bytes){reading->bytes + span->at, span->n};
    return ret->data[ret->size] == '\0' ? 0 : -EBADMSG;
}

static int get_text(struct reading *reading, const struct span *span, char **ret)
{
    struct bytes bytes = {0};
    int r = get_bytes(reading, span, &bytes);

    if (r < 0)
        return r;
    *ret = bytes.data;
    return bytes.data && strlen(bytes.data) == bytes.size ? 0 : -EBADMSG;
}

/* Checks the places of the lists, which come before the texts. */
static int check_lists(struct reading *reading, const struct head *head)
{
    for (int list = 0; list < N_LISTS; list++) {
        const struct span *span = &head->lists[list];

        if (span->at == 0 && span->n == 0 && list < LIST_PATHS)
            continue;
        if (span->at != reading->at || span->n > list_most[list] ||
            span->n > (reading->size - reading->at) / sizeof(struct span))
            return -EBADMSG;
        reading->at += span->n * sizeof(struct span);
    }
    return head->lists[LIST_PATHS].n == head->lists[LIST_CONTENTS].n ? 0 : -EBADMSG;
}

static struct span element(const struct reading *reading, const struct span *list, size_t i)
{
    struct span span;

    memcpy(&span, reading->bytes + list->at + i * sizeof(span), sizeof(span));
    return span;
}

static int get_texts(struct reading *reading, const struct span *list, char ***ret)
{
    int r = 0;

    if (list->at == 0)
        return 0;
    *ret = calloc(list->n + 1, sizeof(**ret));
    if (!*ret)
        return -ENOMEM;
    for (size_t i = 0; i < list->n && r == 0; i++) {
        struct span span = element(reading, list, i);

        r = get_text(reading, &span, &(*ret)[i]);
    }
    return r;
}

static int get_files(struct reading *reading, const struct head *head, struct job *job)
{
    size_t n = head->lists[LIST_PATHS].n;
    int r = 0;

    job->files = calloc(n + 1, sizeof(*job->files));
    if (!job->files)
        return -ENOMEM;
    job->n_files = n;
    for (size_t i = 0; i < n && r == 0; i++) {
        struct span span = element(reading, &head->lists[LIST_PATHS], i);

        r = get_text(reading, &span, &job->files[i].path);
    }
    for (size_t i = 0; i < n && r == 0; i++) {
        struct span span = element(reading, &head->lists[LIST_CONTENTS], i);

        r = get_bytes(reading, &span, &job->files[i].content);
        if (r == 0 && !job->files[i].content.data)
            r = -EBADMSG;
    }
    return r;
}

static int get_limits(const struct head *head, struct limits *ret)
{
    for (int limit = 0; limit < N_LIMITS; limit++) {
        if (head->limits[limit] != 0 && head->limits[limit] < limit_rows[limit].floor)
            return -EBADMSG;
        limits_set(ret, (enum limit)limit, head->limits[limit]);
    }
    return 0;
}

static int get_job(struct reading *reading, struct job *job)
{
    struct head head;
    char ***const texts[] = {
        [LIST_ARGS] = &job->args, [LIST_ENV] = &job->env, [LIST_ARTIFACTS] = &job->artifacts};
    int r;

    if (reading->size < sizeof(head))
        return -EBADMSG;
    memcpy(&head, reading->bytes, sizeof(head));
    if (head.version != VERSION || head.size != reading->size || head.joins_outputs > 1 ||
        head.keeps_input_open > 1)
        return -EBADMSG;
    reading->at = sizeof(head);
    job->joins_outputs = head.joins_outputs == 1;
    job->keeps_input_open = head.keeps_input_open == 1;
    if (get_limits(&head, &job->asked) < 0 || check_lists(reading, &head) < 0 ||
        get_bytes(reading, &head.source, &job->source) < 0 ||
        get_bytes(reading, &head.input, &job->input) < 0)
        return -EBADMSG;
    for (int list = 0; list < LIST_PATHS; list++) {
        r = get_texts(reading, &head.lists[list], texts[list]);
        if (r < 0)
            return r;
    }
    r = get_files(reading, &head, job);
    if (r < 0)
        return r;
    return reading->at == reading->size ? 0 : -EBADMSG;
}

int order_parse(char *bytes, size_t size, struct job *ret_job)
{
    struct reading reading = {.bytes = bytes, .size = size};
    int r;

    *ret_job = (struct job){0};
    r = get_job(&reading, ret_job);
    if (r < 0)
        order_free_lists(ret_job);
    return r;
}

void order_free_lists(struct job *job)
{
    free(job->args);
    free(job->env);
    free(job->artifacts);
    free(job->files);
    *job = (struct job){0};
}
