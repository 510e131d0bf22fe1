// SPDX-License-Identifier: MIT
// tries: asks for another architecture by the segment of its code
// layer: policy-arch
// source: far jump to the 32-bit segment 0x23
// expect: denied | crashed
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    /* A frame of 32-bit code below 4 GiB: mov eax, 20; int 0x80; ud2. */
    static const unsigned char code[] = {0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0x0f, 0x0b};
    char *low = mmap((void *)0x10000, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | 0x40, -1, 0);
    struct {
        unsigned int offset;
        unsigned short segment;
    } target = {0x10000, 0x23};

    for (unsigned int n = 0; low != MAP_FAILED && n < sizeof(code); n++)
        low[n] = (char)code[n];
    if (low != MAP_FAILED && ((unsigned long)low >> 32) == 0) {
        target.offset = (unsigned int)(unsigned long)low;
        __asm__ volatile("ljmp *%0" : : "m"(target));
    }
    puts("BREACH: it came back");
    return 0;
}
