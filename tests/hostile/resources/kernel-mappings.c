// SPDX-License-Identifier: MIT
// tries: fills the kernel with mappings, each with a name
// layer: cgroup-memory
// source: mmap(2); prctl(2) PR_SET_VMA_ANON_NAME
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void)
{
    int done[2];
    char byte;

    if (pipe(done) < 0)
        return 1;
    for (int process = 0; process < 12; process++) {
        pid_t pid = fork();

        if (pid < 0)
            return 1;
        if (pid > 0)
            continue;
        for (int n = 0; n < 60000; n++) {
            char name[70];
            void *map = mmap(NULL, 4096, n % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

            snprintf(name, sizeof(name), "%060d", n);
            if (map == MAP_FAILED)
                _exit(1);
            prctl(0x53564d41, 0, map, 4096, name);
        }
        if (write(done[1], "", 1) == 1)
            pause();
        _exit(1);
    }
    close(done[1]);
    for (int process = 0; process < 12; process++)
        if (read(done[0], &byte, 1) != 1)
            return 1;
    puts("BREACH: 700,000 mappings");
    return 0;
}
