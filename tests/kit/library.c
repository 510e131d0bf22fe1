/* SPDX-License-Identifier: MIT */
/* Tests guarantees of libexrun for a program that is linked to it, beyond a single run: threads with their
 * own handles, unchanged signals and children, and a place for every refusal. Prints "fine", or the check
 * that failed. */
#include <exrun/exrun.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition)                                   \
    do {                                                   \
        if (!(condition)) {                                \
            printf("line %d: %s\n", __LINE__, #condition); \
            exit(1);                                       \
        }                                                  \
    } while (0)

enum { THREADS = 4, RUNS = 5 };

static volatile sig_atomic_t n_signals;

static void count(int number)
{
    (void)number;
    n_signals++;
}

/* A signal handler of the caller, as many programs have one: it reaps any child. */
static void reap(int number)
{
    n_signals++;
    (void)number;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
}

static struct exrun_result *run(struct exrun *exrun, struct exrun_job *job)
{
    struct exrun_result *result = NULL;
    struct exrun_error why;

    if (exrun_run(exrun, job, &result, &why) < 0)
        printf("%s: %s\n", why.where, why.what);
    CHECK(result);
    return result;
}

static void *thread(void *arg)
{
    struct exrun *exrun;
    struct exrun_job job = EXRUN_JOB_INIT;
    char source[64], *text;

    CHECK(exrun_open(&exrun, NULL) == 0);
    job.profile = "bash";
    for (int i = 0; i < RUNS; i++) {
        struct exrun_result *result;
        size_t size;

        snprintf(source, sizeof(source), "echo %d %d; echo err >&2; exit %d", *(int *)arg, i, i);
        job.source = (struct exrun_bytes){source, strlen(source)};
        result = run(exrun, &job);
        snprintf(source, sizeof(source), "%d %d\n", *(int *)arg, i);
        CHECK(strcmp(exrun_result_output(result, EXRUN_STDOUT, &size), source) == 0 &&
              size == strlen(source));
        CHECK(strcmp(exrun_result_output(result, EXRUN_STDERR, NULL), "err\n") == 0);
        CHECK(exrun_result_exit_code(result) == i && exrun_result_exit_status(result) == i &&
              exrun_result_signal(result) == 0);
        CHECK(strcmp(exrun_result_verdict(result), i ? "failed" : "ok") == 0);
        CHECK(exrun_result_compiler_output(result, EXRUN_STDERR, NULL) == NULL);
        CHECK(exrun_result_usage(result, EXRUN_WALL_US) > 0 &&
              exrun_result_usage(result, EXRUN_PROCESSES_PEAK) >= 1);
        /* Descriptors that other threads open in the meantime do not count as leftovers of this run. */
        text = exrun_result_text(result);
        CHECK(text && !strstr(text, "unreclaimed"));
        exrun_text_free(text);
        exrun_result_free(result);
    }
    exrun_close(exrun);
    return NULL;
}

static void check_threads(void)
{
    pthread_t threads[THREADS];
    int names[THREADS];

    for (int i = 0; i < THREADS; i++) {
        names[i] = i;
        CHECK(pthread_create(&threads[i], NULL, thread, &names[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
}

/* The input is larger than a pipe, and the program does not read it. SIGPIPE must not reach the caller. */
static void check_everything_of_a_job(void)
{
    static char input[1 << 20];
    static const struct exrun_file files[] = {{"lib/a.txt", {"from a file\0!", 13}}};
    static const char *const args[] = {"one", "two words", NULL}, *const env[] = {"NAME=value", NULL};
    static const char *const artifacts[] = {"*.out", "none", NULL};
    struct exrun_job job = EXRUN_JOB_INIT;
    struct exrun_result *result;
    struct exrun *exrun;
    const char *path, *content;
    char *text;
    size_t size;

    CHECK(exrun_open(&exrun, NULL) == 0);
    memset(input, 'x', sizeof(input));
    job.file_name = "anything.sh";
    job.source = (struct exrun_bytes){
        "echo $1-$2-$NAME; wc -c <lib/a.txt; echo kept >x.out; exec 0<&-; sleep 0.1", 77};
    job.source.size = strlen(job.source.data);
    job.input = (struct exrun_bytes){input, sizeof(input)};
    job.files = files;
    job.n_files = 1;
    job.args = args;
    job.env = env;
    job.artifacts = artifacts;
    job.limits.wall_ms = 4000;
    result = run(exrun, &job);
    CHECK(strcmp(exrun_result_output(result, EXRUN_STDOUT, NULL), "one-two words-value\n13\n") == 0);
    CHECK(exrun_result_artifacts(result) == 2);
    CHECK(exrun_result_artifact(result, 0, &path, &size) == NULL && strcmp(path, "none") == 0);
    content = exrun_result_artifact(result, 1, &path, &size);
    CHECK(content && strcmp(content, "kept\n") == 0 && strcmp(path, "x.out") == 0 && size == 5);
    CHECK(exrun_result_artifact(result, 2, &path, &size) == NULL);
    text = exrun_result_text(result);
    CHECK(text && strstr(text, "\"wall_ms\":4000"));
    exrun_text_free(text);
    CHECK(strcmp(exrun_result_message(result), "The program ended normally.") == 0);
    exrun_result_free(result);
    exrun_close(exrun);
}

/* If a caller was compiled with a shorter struct, the memory behind its end must not be read; here, it is
 * not accessible. */
static void check_shorter_job(void)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct exrun_error why = {0};
    struct exrun_result *result;
    struct exrun *exrun;
    size_t *size;

    CHECK(pages != MAP_FAILED && mprotect(pages + page, page, PROT_NONE) == 0);
    CHECK(exrun_open(&exrun, NULL) == 0);
    size = (size_t *)(void *)(pages + page - sizeof(*size));
    *size = sizeof(*size);
    CHECK(exrun_run(exrun, (const struct exrun_job *)(const void *)size, &result, &why) < 0 && !result);
    CHECK(strcmp(why.where, "size") == 0);
    exrun_close(exrun);
    munmap(pages, 2 * page);
}

static void check_refusals(void)
{
    static const struct exrun_file absolute = {"/etc/passwd", {"", 0}};
    static const char *const long_env[] = {"A=1", "1=B", NULL}, *const denied[] = {"LD_PRELOAD=x", NULL};
    static const struct exrun_file nameless = {NULL, {NULL, 0}};
    struct exrun_job jobs[9];
    static const char *const places[] = {"/profile",        "/files/0/path",   "/env/1",
                                         "/env/LD_PRELOAD", "/limits/wall_ms", "size",
                                         "/artifacts/0",    "/files/0/path",   "/files"};
    static const char *const up[] = {"../*", NULL};
    struct exrun *exrun;

    CHECK(exrun_open(&exrun, NULL) == 0);
    for (size_t i = 0; i < sizeof(jobs) / sizeof(*jobs); i++) {
        jobs[i] = (struct exrun_job)EXRUN_JOB_INIT;
        jobs[i].profile = "bash";
        jobs[i].source = (struct exrun_bytes){"", 0};
    }
    jobs[0].profile = "cobol";
    jobs[1].files = &absolute;
    jobs[1].n_files = 1;
    jobs[2].env = long_env;
    jobs[3].env = denied;
    jobs[4].limits.wall_ms = 1000000;
    jobs[5].size = 7;
    jobs[6].artifacts = up;
    jobs[7].files = &nameless;
    jobs[7].n_files = 1;
    jobs[8].n_files = 1;
    for (size_t i = 0; i < sizeof(jobs) / sizeof(*jobs); i++) {
        struct exrun_result *result;
        struct exrun_error why = {0};

        CHECK(exrun_run(exrun, &jobs[i], &result, &why) < 0 && !result);
        if (strcmp(why.where, places[i]) != 0)
            printf("%zu: %s: %s\n", i, why.where, why.what);
        CHECK(strcmp(why.where, places[i]) == 0 && *why.what && why.status != 0);
    }
    CHECK(exrun_cancel_on(exrun, 2, 0, 0) < 0);
    exrun_close(exrun);
    exrun_close(NULL);
    exrun_result_free(NULL);
}

static void check_text(void)
{
    static const char good[] = "{\"profile\": \"bash\", \"source\": \"echo hi\"}", bad[] = "{\"profile\": 1}";
    struct exrun_error why;
    struct exrun *exrun;
    char *answer;

    CHECK(exrun_open(&exrun, NULL) == 0);
    CHECK(exrun_run_text(exrun, good, sizeof(good) - 1, &answer, NULL) == 0 &&
          strstr(answer, "\"stdout\":\"hi\\n\""));
    exrun_text_free(answer);
    CHECK(exrun_run_text(exrun, bad, sizeof(bad) - 1, &answer, &why) < 0 &&
          strstr(answer, "\"pointer\":\"/profile\""));
    CHECK(why.status == 65 && strcmp(why.where, "/profile") == 0);
    exrun_text_free(answer);
    exrun_close(exrun);
}

static int collect(void *arg, const char *data, size_t size)
{
    char *text = arg;

    CHECK(strlen(text) + size < 4096);
    strncat(text, data, size);
    return 0;
}

static int refuse(void *arg, const char *data, size_t size)
{
    (void)arg;
    (void)data;
    (void)size;
    return -7;
}

/* Output that is written in pieces is the same as the text form. */
static void check_pieces(void)
{
    static const char good[] =
        "{\"profile\": \"bash\", \"source\": \"echo hi; printf '\\\\1' >f\", \"artifacts\": [\"f\"]}",
                      bad[] = "{\"profile\": 1}";
    struct exrun_result *result;
    struct exrun_error why;
    struct exrun *exrun;
    char pieces[4096] = "", *text;

    CHECK(exrun_open(&exrun, NULL) == 0);
    CHECK(exrun_run_request(exrun, strdup(good), sizeof(good) - 1, &result, &why) == 0);
    text = exrun_result_text(result);
    CHECK(exrun_result_write(result, collect, pieces) == 0 && strcmp(text, pieces) == 0);
    CHECK(strstr(text, "\"encoding\":\"base64\",\"content\":\"AQ==\""));
    CHECK(exrun_result_write(result, refuse, NULL) == -7);
    exrun_text_free(text);
    exrun_result_free(result);
    CHECK(exrun_run_request(exrun, strdup(bad), sizeof(bad) - 1, &result, &why) < 0 && !result &&
          why.status == 65);
    exrun_close(exrun);
}

static void check_cancel(void)
{
    struct exrun_job job = EXRUN_JOB_INIT;
    struct exrun_result *result;
    struct exrun *exrun;
    int ends[2];

    CHECK(exrun_open(&exrun, NULL) == 0 && pipe(ends) == 0 &&
          exrun_cancel_on(exrun, 1, ends[0], 1 /* POLLIN */) == 0);
    job.profile = "bash";
    job.source = (struct exrun_bytes){"sleep 60", 8};
    CHECK(write(ends[1], "x", 1) == 1);
    result = run(exrun, &job);
    CHECK(strcmp(exrun_result_verdict(result), "cancelled") == 0);
    exrun_result_free(result);
    exrun_close(exrun);
    close(ends[0]);
    close(ends[1]);
}

/* The events that check_events() hears, as text. @answer: into the program's stdin; -1: nothing. */
struct heard {
    char text[256];
    int answer;
};

static void hear(void *arg, const struct exrun_event *event)
{
    static const char *const streams[] = {[EXRUN_STDOUT] = "out", [EXRUN_STDERR] = "err"};
    struct heard *heard = arg;
    size_t used = strlen(heard->text);
    char *end = heard->text + used;

    if (event->type == EXRUN_STARTED)
        snprintf(end, sizeof(heard->text) - used, "%s ",
                 event->stage == EXRUN_COMPILE ? "compiler" : "program");
    else
        snprintf(end, sizeof(heard->text) - used, "%s=%.*s ", streams[event->stream], (int)event->bytes.size,
                 (const char *)event->bytes.data);
    if (event->type == EXRUN_OUTPUT && heard->answer >= 0)
        CHECK(write(heard->answer, "x\n", 2) == 2);
}

static void hear_all(struct exrun_job *job, const char *source, const char *expected, const char *kept)
{
    struct heard heard = {.answer = -1};
    struct exrun_result *result;
    struct exrun *exrun;
    int ends[2];
    size_t size;

    CHECK(exrun_open(&exrun, NULL) == 0 && pipe(ends) == 0);
    heard.answer = ends[1];
    job->input_fd = ends[0];
    job->source = (struct exrun_bytes){source, strlen(source)};
    exrun_on_event(exrun, hear, &heard);
    result = run(exrun, job);
    if (strcmp(heard.text, expected) != 0)
        printf("heard: %s\n", heard.text);
    CHECK(strcmp(heard.text, expected) == 0);
    CHECK(strcmp(exrun_result_output(result, EXRUN_STDOUT, &size), kept) == 0 && size == strlen(kept));
    exrun_result_free(result);
    exrun_on_event(exrun, NULL, NULL);
    exrun_result_free(run(exrun, job));
    CHECK(strcmp(heard.text, expected) == 0);
    exrun_close(exrun);
    close(ends[0]);
    close(ends[1]);
}

/* The program waits after each piece of output until it was heard, so it ends only if output comes at once.
 */
static void check_events(void)
{
    static const char bash[] = "printf a; read x; printf b >&2; read x; printf c; read x; printf ddd; read x";
    static const char c[] = "#include <unistd.h>\nint main(void) { write(1, \"hi\", 2); return 0; }";
    struct exrun_job job = EXRUN_JOB_INIT;

    job.profile = "bash";
    hear_all(&job, bash, "program out=a err=b out=c out=ddd ", "acddd");
    job.limits.output_bytes = 3;
    hear_all(&job, bash, "program out=a err=b out=c ", "ac");
    job.limits.output_bytes = 0;
    job.profile = "c";
    hear_all(&job, c, "compiler program out=hi ", "hi");
}

int main(void)
{
    pid_t child;
    int status;

    signal(SIGCHLD, reap);
    signal(SIGPIPE, count);
    check_threads();
    check_everything_of_a_job();
    check_refusals();
    check_shorter_job();
    check_text();
    check_pieces();
    check_cancel();
    check_events();
    CHECK(n_signals == 0);
    signal(SIGCHLD, SIG_DFL);
    child = fork();
    if (child == 0)
        _exit(3);
    check_text();
    CHECK(waitpid(-1, &status, 0) == child && WEXITSTATUS(status) == 3);
    printf("fine\n");
    return 0;
}
