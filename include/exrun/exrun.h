/* SPDX-License-Identifier: MIT */
/* libexrun: runs an untrusted program in its own cell, and reports what happened.
 *
 * A handle is opened once and makes any number of runs, one after the other. Different threads can use
 * different handles at the same time. A run has two forms: text (a request and a result as JSON, as `exrun
 * run --json` reads and writes them) and a struct, whose result is read with functions.
 *
 * Every function that returns int returns 0, or a negative errno with the reason in a struct exrun_error,
 * unless its comment says otherwise. The program's behaviour is not an error: its end is in the result. Texts
 * are UTF-8 and end in a NUL. If a function has a "ret" parameter, the caller frees the object with the
 * function that is named. The value of a getter belongs to the result and exists as long as the result.
 *
 * The library creates processes with clone3(2) without a signal to their parent, so a caller's SIGCHLD
 * handler or wait(2) does not see them. It does not change its caller's signal dispositions, environment,
 * directory or umask. It needs the same rights as the command: see exrun(1). */
#ifndef EXRUN_EXRUN_H
#define EXRUN_EXRUN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct exrun;        /* a handle */
struct exrun_result; /* the end of one run */

/* The reason of a failure, for people. A value: nothing to free. Texts that don't fit are cut. */
struct exrun_error {
    int status;      /* exit status of the command, a value of sysexits.h; says who has to act */
    char where[192]; /* JSON pointer of the faulty member, path or name; "" for the whole input */
    char what[256];  /* problem at that place */
    char hint[256];  /* advice, or "" */
};

/* Returns the version of the library in use, for example "0.1.0". */
const char *exrun_version(void);

/* Opens a handle. The caller closes it with exrun_close(). @err of this and all other functions may be
 * NULL. */
int exrun_open(struct exrun **ret, struct exrun_error *err);
void exrun_close(struct exrun *exrun);

/* Searches @directory for profiles first. NULL: searches only the default directories. */
int exrun_use_profiles(struct exrun *exrun, const char *directory, struct exrun_error *err);

/* Non-zero: a run continues even if a limit can't be enforced on this machine, and the result names the
 * limit. */
void exrun_best_effort(struct exrun *exrun, int yes);

/* Non-zero: if the calling process is not root, its first run that is not refused moves it permanently into
 * its own user and mount namespace, in which it can create cells. The process must have only one thread,
 * because otherwise the kernel does not let it enter a user namespace (unshare(2)). So make the first run
 * before starting threads, or leave runs to a separate process. 0, the default: a process can't run anything
 * unless it is root or already in such a namespace. */
void exrun_enter_user_namespace(struct exrun *exrun, int yes);

/* Cancels runs as soon as poll(2) reports one of @events (or an error or hang-up, even if @events is 0) on
 * @fd, which the caller keeps. Two such descriptors can be set: @which is 0 or 1. An @fd of -1 unsets it.
 * Returns -EINVAL if @which is another number. */
int exrun_cancel_on(struct exrun *exrun, unsigned int which, int fd, short events);

struct exrun_bytes {
    const void *data;
    size_t size;
};

enum exrun_stream { EXRUN_STDOUT, EXRUN_STDERR };

/* Something that happens during a run. The program of a stage has started, EXRUN_STARTED: the compiler, or
 * the program itself. EXRUN_OUTPUT: the program itself has written. */
enum exrun_event_type { EXRUN_STARTED, EXRUN_OUTPUT };
enum exrun_stage { EXRUN_COMPILE, EXRUN_RUN };

/* @stage: of EXRUN_STARTED. @stream, @bytes: of EXRUN_OUTPUT; the bytes, at least one and within the limit of
 * the run, exist during the call. They can end within a character. */
struct exrun_event {
    enum exrun_event_type type;
    enum exrun_stage stage;
    enum exrun_stream stream;
    struct exrun_bytes bytes;
};

/* Calls @handle with @arg at each event of later runs, in the thread that runs, in the order in which the
 * events reach exrun. The program's limits go on during a call, and what exrun does waits for its end. The
 * result has the output as well. A stream with a descriptor (@output_fd, @errors_fd) has no events. NULL: no
 * more calls. */
void exrun_on_event(struct exrun *exrun, void (*handle)(void *arg, const struct exrun_event *event),
                    void *arg);

/* Runs a request in the text form. *@ret_answer is the result object, or the problem object if this returns
 * less than 0; it is NULL only if there was not enough memory. The caller frees it with exrun_text_free(). */
int exrun_run_text(struct exrun *exrun, const char *request, size_t size, char **ret_answer,
                   struct exrun_error *err);
void exrun_text_free(char *text);

/* Runs the same request; its result is read with the functions below. @request is from malloc(3), and is
 * freed as soon as it has been read, even on failure. The caller frees *@ret with exrun_result_free(). */
int exrun_run_request(struct exrun *exrun, char *request, size_t size, struct exrun_result **ret,
                      struct exrun_error *err);

/* @path: relative to the program's directory /box. */
struct exrun_file {
    const char *path;
    struct exrun_bytes content;
};

/* 0: the profile's own limit. */
struct exrun_limits {
    uint64_t wall_ms, cpu_ms, memory_bytes, processes, output_bytes, disk_bytes, files;
};

/* The struct form of a request. Start with EXRUN_JOB_INIT. The caller keeps everything. @size: of this
 * struct; if the library has another version of the struct, the run fails. @profile: the language; NULL: the
 * profile for the ending of @file_name. Lists end in NULL, and may be NULL. @env: "NAME=value". @artifacts:
 * patterns of files to bring back. @input_fd: read as the program's stdin, after @input. @output_fd,
 * @errors_fd: receive the program's output as it comes, instead of the result; if they are the same file, in
 * the order in which the program wrote it. Descriptors: -1 if unused. */
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

/* Runs @job. Returns -EINVAL with the JSON pointer that the mistake would have in a request. The caller frees
 * *@ret with exrun_result_free(). */
int exrun_run(struct exrun *exrun, const struct exrun_job *job, struct exrun_result **ret,
              struct exrun_error *err);
void exrun_result_free(struct exrun_result *result);

/* Return the verdict, for example "ok", and the sentence for the visitor. */
const char *exrun_result_verdict(const struct exrun_result *result);
const char *exrun_result_message(const struct exrun_result *result);

/* Return the program's exit status, or -1 if it did not exit; and the signal that ended it, or 0 if
 * no signal did. */
int exrun_result_exit_code(const struct exrun_result *result);
int exrun_result_signal(const struct exrun_result *result);

/* Returns the exit status that `exrun run FILE` would have. */
int exrun_result_exit_status(const struct exrun_result *result);

/* Return the output that was kept, *@ret_size bytes; "" if it is empty. The compiler's output is NULL if the
 * run had no compile stage. */
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

/* Returns the program's usage of a resource; 0 if it did not run. */
uint64_t exrun_result_usage(const struct exrun_result *result, enum exrun_usage usage);

/* Return the number of artifacts, and the content and path of one. The content is NULL if the file could not
 * be brought back, or if @index is too large. */
size_t exrun_result_artifacts(const struct exrun_result *result);
const char *exrun_result_artifact(const struct exrun_result *result, size_t index, const char **ret_path,
                                  size_t *ret_size);

/* Writes the whole result as JSON, without a line feed at the end, in pieces that are passed to
 * @write. @write returns 0, or a negative errno to stop the writing. Output and artifacts are
 * encoded while they are written, so this takes no memory for them. Returns 0, the value that
 * @write returned, or -ENOMEM. */
int exrun_result_write(const struct exrun_result *result,
                       int (*write)(void *arg, const char *data, size_t size), void *arg);

/* Returns the whole result as JSON, which can be twice as large as the kept output; NULL if there is not
 * enough memory. The caller frees it with exrun_text_free(). */
char *exrun_result_text(const struct exrun_result *result);

#ifdef __cplusplus
}
#endif

#endif
