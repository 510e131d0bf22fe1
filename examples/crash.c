/* Expect: crashed, by SIGSEGV. Writes where there is nothing. */
#include <stddef.h>

int main(void)
{
    volatile int *nowhere = NULL;

    *nowhere = 1;
    return 0;
}
