/* SPDX-License-Identifier: MIT */
/* What a visitor is told. */
#include "runner/output/sentences.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

const char *sentences_signal(int number)
{
    static char text[32];
    const char *name = sigabbrev_np(number);

    if (!name)
        return NULL;
    snprintf(text, sizeof(text), "SIG%s", name);
    return text;
}

/* A number of bytes as a person would say it. */
static const char *bytes_in_words(uint64_t bytes)
{
    static char text[32];

    if (bytes >= 1 << 20)
        snprintf(text, sizeof(text), "%" PRIu64 " MiB", bytes >> 20);
    else if (bytes >= 1 << 10)
        snprintf(text, sizeof(text), "%" PRIu64 " KiB", bytes >> 10);
    else
        snprintf(text, sizeof(text), "%" PRIu64 " bytes", bytes);
    return text;
}

static int crashed(char **ret, const struct run_step *step)
{
    const char *name = sentences_signal(step->signal);

    if (step->signal == SIGSEGV)
        return asprintf(ret, "The program crashed: it used memory that is not its own (SIGSEGV). A bad index "
                             "or pointer, or an "
                             "endless recursion, is likely.");
    return asprintf(ret, "The program crashed (%s).", name ? name : "an unknown signal");
}

/* Why compiling failed: the compiler's own word, or a limit of the compile step. */
static int compile_failed(char **ret, const struct run_step *step, const struct limits *limits)
{
    switch (step->verdict) {
    case VERDICT_TIMEOUT:
    case VERDICT_CPU_TIMEOUT:
        return asprintf(ret, "Compiling took too long and was stopped. Does the program include itself, or "
                             "compute while it is "
                             "compiled?");
    case VERDICT_OUT_OF_MEMORY:
        return asprintf(ret, "Compiling needed more memory than %s and was stopped.",
                        bytes_in_words(limits->memory_bytes));
    case VERDICT_OUTPUT_LIMIT:
        return asprintf(
            ret, "The compiler had more to say than %s, and was stopped. Start with its first message.",
            bytes_in_words(limits->output_bytes));
    case VERDICT_DENIED:
        return asprintf(ret, "Compiling was stopped: %s is not allowed here.", step->denied_what);
    case VERDICT_OK:
        return asprintf(ret, "The compiler made no program, or one that is too large.");
    default:
        return asprintf(ret, "The program could not be compiled. The compiler's messages say where to look.");
    }
}

char *sentences_of(const struct run_result *result, const struct plan *plan)
{
    const struct limits *limits = &plan->run.limits;
    const struct run_step *step = &result->run;
    char *text = NULL;
    int length = -1;

    switch (result->verdict) {
    case VERDICT_OK:
        length = asprintf(&text, "The program ended normally.");
        break;
    case VERDICT_FAILED:
        length = asprintf(&text, "The program ended with exit status %d.", step->exit_code);
        break;
    case VERDICT_CRASHED:
        length = crashed(&text, step);
        break;
    case VERDICT_TIMEOUT:
        length = asprintf(
            &text,
            "The program took longer than %.3g s and was stopped. Is there an endless loop, or does it wait "
            "for something?",
            (double)limits->wall_ms / 1000);
        break;
    case VERDICT_CPU_TIMEOUT:
        length = asprintf(
            &text, "The program computed for longer than %.3g s and was stopped. Is there an endless loop?",
            (double)limits->cpu_ms / 1000);
        break;
    case VERDICT_OUT_OF_MEMORY:
        length =
            asprintf(&text, "The program needed more memory than the %s that it may use, and was stopped.",
                     bytes_in_words(limits->memory_bytes));
        break;
    case VERDICT_OUTPUT_LIMIT:
        length = asprintf(&text,
                          "The program wrote more than %s and was stopped. You see the start of its output.",
                          bytes_in_words(limits->output_bytes));
        break;
    case VERDICT_DENIED:
        length = asprintf(&text, "The program was stopped: %s is not allowed here.",
                          step->denied_what ? step->denied_what : "what it tried to do");
        break;
    case VERDICT_COMPILE_FAILED:
        length = compile_failed(&text, &result->compile, &plan->compile.limits);
        break;
    case VERDICT_CANCELLED:
        length = asprintf(&text, "The run was cancelled.");
        break;
    case VERDICT_ERROR:
    case N_VERDICTS:
        length = asprintf(&text, "The program could not be run. This is not its fault; please try again.");
        break;
    }
    return length < 0 ? NULL : text;
}
