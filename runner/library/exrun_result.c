/* SPDX-License-Identifier: MIT */
/* Implements the getters of a result. */
#include "runner/library/exrun_result.h"

#include <stdlib.h>
#include <string.h>

#include "runner/answer/result.h"

void exrun_result_free(struct exrun_result *run)
{
    if (!run)
        return;
    run_result_deinit(&run->result);
    plan_deinit(&run->plan);
    language_deinit(&run->language);
    job_deinit(&run->job);
    free(run->program);
    free(run);
}

const char *exrun_result_verdict(const struct exrun_result *run)
{
    return verdict_rows[run->result.verdict].word;
}

const char *exrun_result_message(const struct exrun_result *run)
{
    return run->sentence.text;
}

int exrun_result_exit_code(const struct exrun_result *run)
{
    return run->result.has_run ? run->result.run.exit_code : -1;
}

int exrun_result_signal(const struct exrun_result *run)
{
    return run->result.run.signal;
}

int exrun_result_exit_status(const struct exrun_result *run)
{
    int status = verdict_rows[run->result.verdict].exit;

    if (status >= 0)
        return status;
    return run->result.run.signal ? 128 + run->result.run.signal : run->result.run.exit_code;
}

static const char *stream_of(const struct run_outcome *outcome, enum exrun_stream stream, size_t *ret_size)
{
    const struct bytes *bytes = stream == EXRUN_STDOUT ? &outcome->output : &outcome->errors;

    if (ret_size)
        *ret_size = bytes->size;
    return bytes->data ? bytes->data : "";
}

const char *exrun_result_output(const struct exrun_result *run, enum exrun_stream stream, size_t *ret_size)
{
    return stream_of(&run->result.run, stream, ret_size);
}

const char *exrun_result_compiler_output(const struct exrun_result *run, enum exrun_stream stream,
                                         size_t *ret_size)
{
    return run->result.has_compiled ? stream_of(&run->result.compile, stream, ret_size) : NULL;
}

uint64_t exrun_result_usage(const struct exrun_result *run, enum exrun_usage usage)
{
    const struct run_outcome *outcome = &run->result.run;
    const uint64_t values[] = {[EXRUN_WALL_US] = outcome->wall_us,
                               [EXRUN_CPU_US] = outcome->facts.cpu_us,
                               [EXRUN_USER_US] = outcome->facts.user_us,
                               [EXRUN_SYSTEM_US] = outcome->facts.system_us,
                               [EXRUN_MEMORY_PEAK_BYTES] = outcome->facts.memory_peak_bytes,
                               [EXRUN_PROCESSES_PEAK] = outcome->facts.processes_peak,
                               [EXRUN_DISK_BYTES] = outcome->disk_bytes};

    return (size_t)usage < sizeof(values) / sizeof(*values) ? values[usage] : 0;
}

size_t exrun_result_artifacts(const struct exrun_result *run)
{
    return run->result.artifacts.n;
}

const char *exrun_result_artifact(const struct exrun_result *run, size_t index, const char **ret_path,
                                  size_t *ret_size)
{
    const struct artifact *one = &run->result.artifacts.items[index];

    if (index >= run->result.artifacts.n)
        return NULL;
    if (ret_path)
        *ret_path = one->path;
    if (ret_size)
        *ret_size = one->content.size;
    return one->missed == ARTIFACT_THERE ? one->content.data : NULL;
}

int exrun_result_write(const struct exrun_result *run, int (*write)(void *arg, const char *data, size_t size),
                       void *arg)
{
    const struct result_words words = {&run->sentence, run->program};
    const struct json_sink sink = {write, arg};

    return result_write(&run->result, &run->plan, &words, &sink, NULL);
}

char *exrun_result_text(const struct exrun_result *run)
{
    const struct result_words words = {&run->sentence, run->program};

    return result_text(&run->result, &run->plan, &words);
}
