#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
static volatile sig_atomic_t got;
static void on(int s)
{
    got = s;
}
int main(void)
{
    int p[2], status;
    if (pipe(p) < 0)
        return 1;
    pid_t pid = fork();
    if (pid == 0) {
        if (write(p[1], "child", 5) < 0)
            _exit(1);
        _exit(7);
    }
    waitpid(pid, &status, 0);
    char b[16] = "";
    printf("%zd %s %d\n", read(p[0], b, 15), b, WEXITSTATUS(status));
    fflush(stdout);
    FILE *f = popen("printf 'b\\na\\n' | sort", "r");
    while (fgets(b, sizeof b, f))
        fputs(b, stdout);
    printf("%d %d\n", pclose(f), WEXITSTATUS(system("exit 3")));
    fflush(stdout);
    char *argv[] = {"echo", "spawned", NULL};
    extern char **environ;
    posix_spawnp(&pid, "echo", NULL, NULL, argv, environ);
    waitpid(pid, NULL, 0);
    struct sigaction a = {.sa_handler = on};
    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    printf("%d ", got == SIGUSR1);
    signal(SIGALRM, on);
    ualarm(1000, 1000);
    while (got != SIGALRM)
        pause();
    ualarm(0, 0);
    printf("%d\n", got == SIGALRM);
    int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_t *sem = sem_open("/course", O_CREAT, 0600, 1);
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            for (int k = 0; k < 1000; k++) {
                sem_wait(sem);
                ++*shared;
                sem_post(sem);
            }
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    printf("%d\n", *shared);
    sem_unlink("/course");
    int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    char *s = shmat(id, NULL, 0);
    strcpy(s, "sysv");
    printf("%s\n", s);
    shmdt(s);
    shmctl(id, IPC_RMID, NULL);
    int sv[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
    if (write(sv[0], "x", 1) < 0)
        return 2;
    struct pollfd pf = {sv[1], POLLIN, 0};
    printf("%d ", poll(&pf, 1, 100));
    fd_set set;
    FD_ZERO(&set);
    FD_SET(sv[1], &set);
    printf("%d ", select(sv[1] + 1, &set, NULL, NULL, &(struct timeval){0}));
    int e = epoll_create1(0);
    struct epoll_event ev = {.events = EPOLLIN};
    epoll_ctl(e, EPOLL_CTL_ADD, sv[1], &ev);
    printf("%d ", epoll_wait(e, &ev, 1, 100));
    int t = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(t, 0, &(struct itimerspec){.it_value = {0, 1000000}}, NULL);
    unsigned long long n;
    printf("%zd ", read(t, &n, 8));
    int efd = eventfd(3, 0);
    ssize_t got = read(efd, &n, 8);
    printf("%zd %llu\n", got, n);
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    struct rusage u;
    printf("%d %d %d\n", r.rlim_cur > 10, getrusage(RUSAGE_SELF, &u), kill(getpid(), 0));
    if (fork() == 0) {
        abort();
    }
    wait(&status);
    printf("%d %s\n", WIFSIGNALED(status), strsignal(WTERMSIG(status)));
    int daemon = fork();
    if (daemon == 0) {
        setsid();
        _exit(0);
    }
    wait(NULL);
    fflush(stdout);
    execlp("echo", "echo", "replaced", (char *)NULL);
    return 9;
}
