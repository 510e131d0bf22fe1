/* SPDX-License-Identifier: MIT */
/* Turns facts into an answer: the result object that exrun(1) describes, or the problem object of a
 * refusal. */
#ifndef EXRUN_RUNNER_ANSWER_RESULT_H
#define EXRUN_RUNNER_ANSWER_RESULT_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/answer/result_parts.h"
#include "runner/answer/sentences.h"
#include "runner/text/error.h"
#include "runner/text/json_write.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

enum { RESULT_URL_ROOM = 1280 };

/* @write: writes the URL under which a client can read an artifact by itself, or the output, whose path is
 * RESULT_PARTS_OUTPUT. Returns false if it has none. */
struct result_urls {
    bool (*write)(const void *arg, const char *path, char ret[RESULT_URL_ROOM]);
    const void *arg;
};

/* The words of a result. @sentence: from sentences_of(). @program: from program_text(); NULL: it is not
 * known. @is_lean: without the program's output and the contents of artifacts, for a reader that has had the
 * output already. @urls: NULL: there are none. */
struct result_words {
    const struct sentence *sentence;
    const char *program;
    bool is_lean;
    const struct result_urls *urls;
};

/* Writes the result object piece by piece. Notes in @ret_parts, which is {0}, where its parts are; NULL:
 * nobody wants to know. The caller must call result_parts_deinit() even on failure. Returns 0, the sink's
 * -errno, or -ENOMEM. */
int result_write(const struct run_result *result, const struct plan *plan, const struct result_words *words,
                 const struct json_sink *sink, struct result_parts *ret_parts);

/* Returns the result object, or NULL if memory is short; the caller frees it. */
char *result_text(const struct run_result *result, const struct plan *plan, const struct result_words *words);

/* Returns the problem object for @err in the same way. */
char *result_problem_text(const struct error *err);

/* Writes the same as one sentence for people: "exrun: /limits/wall_ms: ...; ...". */
void result_write_sentence(const struct error *err, FILE *out);

/* Ends a command that could not do its work: writes the sentence to stderr and, if @is_json, the
 * object as a line to stdout. Returns the exit status. */
int result_refuse(const struct error *err, bool is_json);

#endif
