/* Expect: denied, for ptrace. No decent program of a visitor's traces another. */
#include <stdio.h>
#include <sys/ptrace.h>

int main(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    puts("traced");
    return 0;
}
