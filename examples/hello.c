/* Expect: ok. The smallest program there is, compiled in a cell of its own. */
#include <stdio.h>

int main(void)
{
    puts("Hello from C");
    return 0;
}
