/* SPDX-License-Identifier: MIT */
/* plan/job_check: files collide exactly if a slow and simple comparison says so. */
#include "sandbox/plan/job_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { MOST_FILES = 7, PATH_ROOM = 16, ROUNDS = 200000 };

static char entry[] = "a", source[] = "x", empty[] = "";
static char *argv[] = {NULL};

static bool is_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);

    return strlen(path) > length && memcmp(path, directory, length) == 0 && path[length] == '/';
}

/* The fault and, unless a file is there twice, its first file. */
static enum fault_kind judge(const struct job *job, size_t *ret_index)
{
    for (size_t i = 0; i < job->n_files; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(job->files[i].path, job->files[j].path) == 0)
                return FAULT_JOB_FILE_TWICE;
    for (size_t i = 0; i < job->n_files; i++) {
        bool is_clash = is_below(job->files[i].path, entry);

        *ret_index = i;
        if (strcmp(job->files[i].path, entry) == 0)
            return FAULT_JOB_FILE_IS_ENTRY;
        for (size_t j = 0; j < job->n_files; j++)
            is_clash = is_clash || is_below(job->files[i].path, job->files[j].path);
        if (is_clash)
            return FAULT_JOB_FILE_BELOW_FILE;
    }
    return FAULT_NONE;
}

/* A path of one to three parts; some characters come before the slash, and some after it. */
static void make_path(char ret[PATH_ROOM])
{
    static const char *const parts[] = {"a", "b", "a!", "a-", "aa", "a0", "\xc3\xa4"};
    int n = 1 + rand() % 3;

    *ret = '\0';
    for (int i = 0; i < n; i++) {
        strcat(ret, i > 0 ? "/" : "");
        strcat(ret, parts[(size_t)rand() % N_ELEMENTS(parts)]);
    }
}

static void test_files_collide_as_a_simple_comparison_says(void **state)
{
    struct profile profile = {
        .entry = entry, .normal = limits_most(), .max = limits_most(), .run = {.argv = argv}};
    size_t seen[N_FAULT_KINDS] = {0};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char paths[MOST_FILES][PATH_ROOM];
        struct job_file files[MOST_FILES];
        struct job job = {.source = {source, 1}, .files = files, .n_files = (size_t)(rand() % MOST_FILES)};
        struct fault fault = {0};
        size_t index = 0;
        enum fault_kind kind;

        for (size_t i = 0; i < job.n_files; i++) {
            make_path(paths[i]);
            files[i] = (struct job_file){paths[i], {empty, 0}};
        }
        kind = judge(&job, &index);
        job_check(&job, &profile, &fault);
        assert_int_equal(fault.kind, kind);
        if (kind == FAULT_JOB_FILE_IS_ENTRY || kind == FAULT_JOB_FILE_BELOW_FILE)
            assert_int_equal(fault.index, index);
        seen[kind]++;
    }
    assert_true(seen[FAULT_NONE] > 1000 && seen[FAULT_JOB_FILE_TWICE] > 1000 &&
                seen[FAULT_JOB_FILE_IS_ENTRY] > 1000 && seen[FAULT_JOB_FILE_BELOW_FILE] > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files_collide_as_a_simple_comparison_says)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
