/* SPDX-License-Identifier: MIT */
/* Runs a file in a cell by libexrun, and tells how it ended.
 *
 *   cc run.c $(pkg-config --cflags --libs libexrun) -o run && ./run hello.py */
#include <exrun/exrun.h>
#include <stdio.h>
#include <stdlib.h>

static int tell(const struct exrun_error *why)
{
    fprintf(stderr, "%s: %s; %s\n", why->where, why->what, why->hint);
    return why->status;
}

int main(int argc, char **argv)
{
    struct exrun_job job = EXRUN_JOB_INIT;
    struct exrun_result *result;
    struct exrun_error why;
    struct exrun *exrun;
    static char source[1 << 16];
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;

    if (!file) {
        fprintf(stderr, "usage: run FILE\n");
        return 64;
    }
    job.source.size = fread(source, 1, sizeof(source), file);
    job.source.data = source;
    job.file_name = argv[1];
    job.limits.wall_ms = 2000;
    fclose(file);

    if (exrun_open(&exrun, &why) < 0)
        return tell(&why);
    if (exrun_run(exrun, &job, &result, &why) < 0) {
        exrun_close(exrun);
        return tell(&why);
    }
    fputs(exrun_result_output(result, EXRUN_STDOUT, NULL), stdout);
    printf("%s: %s (%llu us of CPU time)\n", exrun_result_verdict(result), exrun_result_message(result),
           (unsigned long long)exrun_result_usage(result, EXRUN_CPU_US));
    exrun_result_free(result);
    exrun_close(exrun);
    return 0;
}
