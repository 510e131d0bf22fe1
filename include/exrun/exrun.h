/* SPDX-License-Identifier: MIT */
/* libexrun: runs a stranger's program in a cell of its own, and tells what happened.
 *
 * A handle is opened once and makes any number of runs, one after the other; different handles may be used by
 * different threads at the same time. There are two forms of a run: text (a request and a result as JSON, as
 * `exrun run --json` takes and gives them) and a struct, whose result is asked by functions.
 *
 * Every function returns 0, or a negative errno with the reason in a struct exrun_error. What a program does
 * is no error: its end is in the result. Texts are UTF-8 and end in a NUL. What a function gives by a
 * "ret" parameter is the caller's to free with the function that is named; what a getter returns belongs to
 * the result and lives as long.
 *
 * The library makes processes by clone3(2) without a signal to their parent, so a caller's SIGCHLD handler or
 * wait(2) does not see them. It changes no signal disposition, environment, directory or umask of its caller.
 * It needs the same rights as the command: see exrun(1). */
#ifndef EXRUN_EXRUN_H
#define EXRUN_EXRUN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct exrun;        /* a handle */
struct exrun_result; /* how one run ended */

/* Why something could not be done, for people. A value: nothing to free; texts that don't fit are cut. */
struct exrun_error {
    int status;      /* who has to act, a value of sysexits.h: what the command would exit with */
    char where[192]; /* JSON pointer of the member at fault, path or name; "" for the whole */
    char what[256];  /* what is wrong there */
    char hint[256];  /* what to do about it; "" where there is nothing to say */
};

/* The version of the library that is in use, as "0.1.0". */
const char *exrun_version(void);

/* Opens a handle; exrun_close() lets it go. @err of this and all other functions may be NULL. */
int exrun_open(struct exrun **ret, struct exrun_error *err);
void exrun_close(struct exrun *exrun);

/* Looks for profiles in @directory first; NULL: only where they are looked for anyway. */
int exrun_use_profiles(struct exrun *exrun, const char *directory, struct exrun_error *err);

/* Non-zero: run also where a limit can't be enforced on this machine; the result names it. */
void exrun_best_effort(struct exrun *exrun, int yes);

/* Non-zero: where the calling process is not root, its first run that is not refused moves it into a user and
 * a mount namespace of its own, for good, in which it may make cells. The process must have one thread, or
 * the kernel lets it enter none (unshare(2)): make the first run before the first thread, or leave runs to a
 * process of their own. 0, the default: who is not root can't run anything. */
void exrun_enter_user_namespace(struct exrun *exrun, int yes);

/* Runs are cancelled as soon as poll(2) tells one of @events (or an error or hang-up, with 0) of @fd, which
 * stays the caller's. Two such descriptors can be named, @which is 0 or 1; an @fd of -1 names none. -EINVAL
 * for another @which. */
int exrun_cancel_on(struct exrun *exrun, unsigned int which, int fd, short events);

/* The text form: a request in, a result out. *@ret_answer is the result object, or, where this returns less
 * than 0, the problem object; NULL only where there was no memory. exrun_text_free(). */
int exrun_run_text(struct exrun *exrun, const char *request, size_t size, char **ret_answer,
                   struct exrun_error *err);
void exrun_text_free(char *text);

/* The same request, whose result is asked by the functions below. @request is from malloc(3), and is freed as
 * soon as it was read, on failure too. exrun_result_free(). */
int exrun_run_request(struct exrun *exrun, char *request, size_t size, struct exrun_result **ret,
                      struct exrun_error *err);

struct exrun_bytes {
    const void *data;
    size_t size;
};

/* @path: relative to the program's directory /box. */
struct exrun_file {
    const char *path;
    struct exrun_bytes content;
};

/* 0 stands for the profile's own. */
struct exrun_limits {
    uint64_t wall_ms, cpu_ms, memory_bytes, processes, output_bytes, disk_bytes, files;
};

/* The struct form of a request. Start from EXRUN_JOB_INIT; nothing is taken over. @size: of this struct, for
 * callers that were built against an older header. @profile: the language; NULL: the one for the ending of
 * @file_name. Lists end in NULL, and may be NULL. @env: "NAME=value". @artifacts: patterns of files to bring
 * back. @input_fd: is read as the program's stdin, behind @input; @output_fd, @errors_fd: where its output
 * goes as it comes, instead of into the result; -1 for none. */
struct exrun_job {
    size_t size;
    const char *profile;
    const char *file_name;
    struct exrun_bytes source;
    struct exrun_bytes input;
    const struct exrun_file *files;
    size_t n_files;
    const char *const *args;
    const char *const *env;
    const char *const *artifacts;
    struct exrun_limits limits;
    int input_fd, output_fd, errors_fd;
};

#define EXRUN_JOB_INIT                                                                         \
    {                                                                                          \
        sizeof(struct exrun_job), NULL, NULL, {NULL, 0}, {NULL, 0}, NULL, 0, NULL, NULL, NULL, \
            {0, 0, 0, 0, 0, 0, 0}, -1, -1, -1                                                  \
    }

/* Runs @job; exrun_result_free(). -EINVAL with the JSON pointer that the fault would have in a request. */
int exrun_run(struct exrun *exrun, const struct exrun_job *job, struct exrun_result **ret,
              struct exrun_error *err);
void exrun_result_free(struct exrun_result *result);

/* The verdict's word, "ok", and the sentence for the visitor. */
const char *exrun_result_verdict(const struct exrun_result *result);
const char *exrun_result_message(const struct exrun_result *result);

/* The program's exit status, -1 where it did not exit; the signal that ended it, 0 for none. */
int exrun_result_exit_code(const struct exrun_result *result);
int exrun_result_signal(const struct exrun_result *result);

/* What `exrun run FILE` would exit with. */
int exrun_result_exit_status(const struct exrun_result *result);

enum exrun_stream { EXRUN_STDOUT, EXRUN_STDERR };

/* What was written and kept, *@ret_size bytes; "" for nothing. The compiler's is NULL where there was no
 * compile step. */
const char *exrun_result_output(const struct exrun_result *result, enum exrun_stream stream,
                                size_t *ret_size);
const char *exrun_result_compiler_output(const struct exrun_result *result, enum exrun_stream stream,
                                         size_t *ret_size);

enum exrun_usage {
    EXRUN_WALL_US,
    EXRUN_CPU_US,
    EXRUN_USER_US,
    EXRUN_SYSTEM_US,
    EXRUN_MEMORY_PEAK_BYTES,
    EXRUN_PROCESSES_PEAK,
    EXRUN_DISK_BYTES
};

/* What the program used; 0 where it did not run. */
uint64_t exrun_result_usage(const struct exrun_result *result, enum exrun_usage usage);

/* The files that came back: their number, and path and content of one; NULL for one that there is not. */
size_t exrun_result_artifacts(const struct exrun_result *result);
const char *exrun_result_artifact(const struct exrun_result *result, size_t index, const char **ret_path,
                                  size_t *ret_size);

/* Writes the whole result as JSON, without a line feed behind it, by calls of @write, which returns 0, or a
 * negative errno that ends the writing. Output and artifacts are encoded on their way, so this takes no
 * memory for them. Returns 0, what @write returned, or -ENOMEM. */
int exrun_result_write(const struct exrun_result *result,
                       int (*write)(void *arg, const char *data, size_t size), void *arg);

/* The whole result as JSON, which can weigh twice what was kept; NULL where there is no memory.
 * exrun_text_free(). */
char *exrun_result_text(const struct exrun_result *result);

#ifdef __cplusplus
}
#endif

#endif
