/* SPDX-License-Identifier: MIT */
/* Writes the sentence for the visitor. */
#include "runner/answer/sentences.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runner/answer/explain.h"
#include "sandbox/base/utf8.h"
#include "sandbox/cell/workspace.h"

/* A shell uses larger statuses to report that its command could not be run, or which signal ended
 * it, so the number itself does not help a visitor. */
#define LARGEST_OWN_STATUS 125

/* The sentence as it grows. If it did not fit it would be cut, but no sentence here is that long. */
struct saying {
    struct sentence *sentence;
    size_t length;
};

static void __attribute__((format(printf, 2, 3))) say(struct saying *saying, const char *format, ...)
{
    va_list arguments;
    int added;

    va_start(arguments, format);
    added = vsnprintf(saying->sentence->text + saying->length, SENTENCES_ROOM - saying->length, format,
                      arguments);
    va_end(arguments);
    if (added > 0)
        saying->length += (size_t)added;
    if (saying->length >= SENTENCES_ROOM)
        saying->length = SENTENCES_ROOM - 1;
}

const char *sentences_signal(int number, char text[SENTENCES_SIGNAL_ROOM])
{
    const char *name = sigabbrev_np(number);

    if (name)
        snprintf(text, SENTENCES_SIGNAL_ROOM, "SIG%s", name);
    else if (number == SIGRTMIN)
        snprintf(text, SENTENCES_SIGNAL_ROOM, "SIGRTMIN");
    else if (number > SIGRTMIN && number <= SIGRTMAX)
        snprintf(text, SENTENCES_SIGNAL_ROOM, "SIGRTMIN+%d", number - SIGRTMIN);
    else /* signals that the C library reserves */
        snprintf(text, SENTENCES_SIGNAL_ROOM, "SIG%d", number);
    return text;
}

/* Appends a number of bytes as a person would write it. */
static void say_bytes(struct saying *saying, uint64_t bytes)
{
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0)
        say(saying, "%" PRIu64 " MiB", bytes >> 20);
    else if (bytes >= 1 << 10 && bytes % (1 << 10) == 0)
        say(saying, "%" PRIu64 " KiB", bytes >> 10);
    else
        say(saying, "%" PRIu64 " bytes", bytes);
}

static void say_explanation(struct saying *saying, const struct explanation *found,
                            const struct run_outcome *outcome)
{
    if (found->kind->of_limit == LIMIT_DISK && outcome->lacks_inodes)
        say(saying, "The program tried to create more files than it may.");
    else if (*found->what && found->kind->before)
        say(saying, "%s%s%s", found->kind->before, found->what, found->kind->behind);
    else
        say(saying, "%s", found->kind->plain);
}

/* Names the line that was found, if there is one. @before: the words in front of its number. */
static void say_line(struct saying *saying, const struct explanation *found, const char *before)
{
    if (found->line == 0)
        return;
    say(saying, "%s%u.", before, found->line);
    saying->sentence->line = found->line;
}

static void say_failed(struct saying *saying, const struct run_outcome *outcome,
                       const struct explanation *found)
{
    if (found->kind)
        say_explanation(saying, found, outcome);
    else if (outcome->exit_code > LARGEST_OWN_STATUS)
        say(saying, "The program ended with an error.");
    else
        say(saying, "The program ended with exit status %d.", outcome->exit_code);
    say_line(saying, found, " Look at line ");
}

static void say_crashed(struct saying *saying, const struct run_outcome *outcome,
                        const struct explanation *found)
{
    char room[SENTENCES_SIGNAL_ROOM];
    const char *name = sentences_signal(outcome->signal, room);

    if (found->kind)
        say_explanation(saying, found, outcome);
    else if (outcome->signal == SIGSEGV || outcome->signal == SIGBUS)
        say(saying,
            "The program crashed because it used memory that does not belong to it (%s). Is there a bad "
            "index or pointer, or an endless recursion?",
            name);
    else if (outcome->signal == SIGFPE)
        say(saying, "The program crashed during a calculation (SIGFPE). Is there a division by zero?");
    else if (outcome->signal == SIGKILL)
        say(saying, "The program was killed by one of its own processes.");
    else
        say(saying, "The program crashed (%s).", name);
    say_line(saying, found, " Look at line ");
}

/* Explains why the compiler's product can't be run. */
static void say_product(struct saying *saying, enum product_state product, const struct plan *plan)
{
    switch (product) {
    case PRODUCT_TOO_LARGE:
        say(saying, "What was compiled is larger than ");
        say_bytes(saying, product_most_bytes(plan));
        say(saying, ", which is all that may be stored.");
        break;
    case PRODUCT_LIBRARY:
        say(saying, "The program has no main function.");
        break;
    case PRODUCT_FOREIGN:
        say(saying, "The compiled program can't be started here. Is it made for a different system?");
        break;
    case PRODUCT_ABSENT:
    case PRODUCT_FINE:
        say(saying, "The compiler did not produce a program.");
        break;
    }
}

/* Explains why compiling failed: a limit of the compile stage, or the compiler's own message. */
static void say_compile_failed(struct saying *saying, const struct run_result *result,
                               const struct plan *plan, const struct explanation *found)
{
    const struct limits *limits = &plan->compile.limits;

    switch (result->compile.verdict) {
    case VERDICT_TIMEOUT:
    case VERDICT_CPU_TIMEOUT:
        say(saying,
            "Compiling took too long and was stopped. Does the program include itself, or make the compiler "
            "calculate for a long time?");
        break;
    case VERDICT_OUT_OF_MEMORY:
        say(saying, "Compiling needed more than ");
        say_bytes(saying, limits->memory_bytes);
        say(saying, " of memory and was stopped.");
        break;
    case VERDICT_OUTPUT_LIMIT:
        say(saying, "The compiler printed more than ");
        say_bytes(saying, limits->output_bytes);
        say(saying, " of messages and was stopped. Start with the first one.");
        break;
    case VERDICT_DENIED:
        say(saying, "Compiling was stopped because %s is not allowed here.", result->compile.denied_what);
        break;
    case VERDICT_OK:
        say_product(saying, result->product, plan);
        break;
    default:
        if (result->compile.limits_hit & (1U << LIMIT_DISK)) {
            say(saying, "The compiler's files are larger than ");
            say_bytes(saying, limits->disk_bytes);
            say(saying, " together, which is all that may be stored.");
            return;
        }
        if (found->kind) {
            say_explanation(saying, found, &result->compile);
            if (!found->kind->is_about_line)
                return;
        } else {
            say(saying, "The program could not be compiled.");
        }
        say_line(saying, found, " The compiler's first message is about line ");
        if (!found->line && !found->kind)
            say(saying, " Read the compiler's first message.");
    }
}

static void say_verdict(struct saying *saying, const struct run_result *result, const struct plan *plan,
                        const struct explanation *found)
{
    const struct limits *limits = &plan->run.limits;
    const struct run_outcome *outcome = &result->run;

    switch (result->verdict) {
    case VERDICT_OK:
        say(saying, "The program ended normally.");
        if (found->kind)
            say(saying, " %s", found->kind->plain);
        break;
    case VERDICT_FAILED:
        say_failed(saying, outcome, found);
        break;
    case VERDICT_CRASHED:
        say_crashed(saying, outcome, found);
        break;
    case VERDICT_TIMEOUT:
        say(saying, "The program took longer than %.3g s and was stopped. %s", (double)limits->wall_ms / 1000,
            found->kind ? found->kind->plain
                        : "Is there an endless loop or recursion, or was it waiting for something?");
        break;
    case VERDICT_CPU_TIMEOUT:
        say(saying,
            "The program used more than %.3g s of CPU time and was stopped. Is there an endless loop or "
            "recursion?",
            (double)limits->cpu_ms / 1000);
        break;
    case VERDICT_OUT_OF_MEMORY:
        say(saying, "The program needed more than ");
        say_bytes(saying, limits->memory_bytes);
        say(saying, " of memory and was stopped. " ERROR_MEMORY_REASONS);
        break;
    case VERDICT_OUTPUT_LIMIT:
        say(saying, "The program wrote more than ");
        say_bytes(saying, limits->output_bytes);
        say(saying, " of output and was stopped. Only the start of its output is shown.");
        break;
    case VERDICT_DENIED:
        say(saying, "The program was stopped because %s is not allowed here.",
            *outcome->denied_what ? outcome->denied_what : "something that it tried to do");
        break;
    case VERDICT_COMPILE_FAILED:
        say_compile_failed(saying, result, plan, found);
        break;
    case VERDICT_CANCELLED:
        say(saying, "The run was cancelled.");
        break;
    case VERDICT_ERROR:
    case N_VERDICTS:
        say(saying, "The program could not be run. This is not the program's fault. Please try again.");
        break;
    }
}

/* Names limits that did not stop the program, unless its own error names them already. */
static void say_limits(struct saying *saying, const struct run_outcome *outcome, const struct limits *limits,
                       const struct explanation *found)
{
    static const struct {
        enum limit limit;
        const char *before, *behind;
    } rows[] = {
        {LIMIT_PROCESSES, " It was not allowed more than ", " processes and threads at the same time."},
        {LIMIT_FILES, " It was not allowed more than ", " open files at the same time."},
        {LIMIT_DISK, " It was not allowed to store more than ", " in files."}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        uint64_t value = limits_get(limits, rows[i].limit);

        if (!(outcome->limits_hit & (1U << rows[i].limit)) ||
            (found->kind && found->kind->of_limit == (int)rows[i].limit))
            continue;
        if (rows[i].limit == LIMIT_DISK && outcome->lacks_inodes) {
            say(saying, " It was not allowed to create more than %" PRIu64 " files.",
                workspace_most_files(value));
            continue;
        }
        say(saying, "%s", rows[i].before);
        if (limit_rows[rows[i].limit].unit == UNIT_BYTES)
            say_bytes(saying, value);
        else
            say(saying, "%" PRIu64, value);
        say(saying, "%s", rows[i].behind);
    }
}

static const struct bytes *find_entry(const struct plan *plan)
{
    const struct job *job = plan->job;

    for (size_t i = 0; i < job->n_files; i++)
        if (strcmp(job->files[i].path, plan->profile->entry) == 0)
            return &job->files[i].content;
    return &job->source;
}

/* Returns the number of lines, including the empty one after the end, because an error about missing
 * code names that one. */
static unsigned int count_lines(const struct bytes *text)
{
    unsigned int n = 1;

    for (size_t i = 0; i < text->size; i++)
        n += text->data[i] == '\n' ||
             (text->data[i] == '\r' && (i + 1 == text->size || text->data[i + 1] != '\n'));
    return n;
}

/* Looks through all that the program printed for a kind that is named even if it ended normally. A program
 * that catches its error prints it to either stream. */
static void explain_printed(const struct run_outcome *outcome, struct explain_input input,
                            const struct language *language, struct explanation *ret)
{
    const struct bytes *const streams[] = {&outcome->errors, &outcome->output};
    struct explanation found = {0};

    input.end = EXPLAIN_FINE;
    for (size_t i = 0; i < sizeof(streams) / sizeof(*streams) && !found.kind; i++) {
        input.output = streams[i];
        explain(language, &input, &found);
    }
    ret->kind = found.kind;
}

static bool is_all_utf8(const struct job *job)
{
    bool is_so = !job->source.data || is_utf8(job->source.data, job->source.size);

    for (size_t i = 0; i < job->n_files && is_so; i++)
        is_so = is_utf8(job->files[i].content.data, job->files[i].content.size);
    return is_so;
}

/* Explains the end, if it is one that a language's own words or the entry file can explain. */
static void explain_end(const struct run_result *result, const struct plan *plan,
                        const struct language *language, struct explanation *ret)
{
    const struct run_outcome *outcome = result->has_run ? &result->run : &result->compile;
    const struct bytes *entry = find_entry(plan);
    struct explain_input input = {.entry = entry,
                                  .job = plan->job,
                                  .output = outcome->errors.size > 0 ? &outcome->errors : &outcome->output};

    switch (result->verdict) {
    case VERDICT_OK:
    case VERDICT_TIMEOUT: /* such as a program that tries to connect again and again */
        explain_printed(outcome, input, language, ret);
        break;
    case VERDICT_FAILED:
    case VERDICT_CRASHED:
    case VERDICT_COMPILE_FAILED:
        input.end = result->has_run ? EXPLAIN_ERROR : EXPLAIN_COMPILER;
        input.n_lines = count_lines(entry);
        input.is_utf8 = is_all_utf8(plan->job);
        explain(language, &input, ret);
        if (result->verdict == VERDICT_FAILED && !ret->kind)
            explain_printed(outcome, input, language, ret);
        break;
    default:
        break;
    }
}

void sentences_of(const struct run_result *result, const struct plan *plan, const struct language *language,
                  struct sentence *ret)
{
    struct saying saying = {.sentence = ret};
    struct explanation found = {0};

    *ret = (struct sentence){.line = 0};
    explain_end(result, plan, language, &found);
    say_verdict(&saying, result, plan, &found);
    say_limits(&saying, &result->run, &plan->run.limits, &found);
}
