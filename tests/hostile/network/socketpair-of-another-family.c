// SPDX-License-Identifier: MIT
// tries: makes a pair of sockets of other families
// layer: policy-sockets
// source: socketpair(2), AF_TIPC has them
// expect: ok
// breach: BREACH
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void)
{
    int ends[2];

    for (int family = 2; family < 64; family++)
        if (socketpair(family, SOCK_STREAM, 0, ends) == 0 || errno != EACCES)
            printf("BREACH: family %d\n", family);
    puts("held");
    return 0;
}
