/* SPDX-License-Identifier: MIT */
/* Runs when exrun is built. Compiles the common policy, and prints it as the C file that defines
 * policy_ready. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "sandbox/policy/compile.h"
#include "sandbox/policy/policy.h"

int main(void)
{
    const struct profile nothing_of_its_own = {0};
    struct sock_fprog program;
    struct fault fault;

    if (policy_compile(&nothing_of_its_own, true, &program, &fault) < 0) {
        fprintf(stderr, "policy_generate: fault %d: %s\n", fault.kind, strerror(-fault.error));
        return EX_SOFTWARE;
    }
    printf("/* Made by policy/generate.c. */\n#include \"sandbox/policy/policy.h\"\n\n"
           "static struct sock_filter instructions[] = {\n");
    for (int i = 0; i < program.len; i++)
        printf("    {%u, %u, %u, %u},\n", program.filter[i].code, program.filter[i].jt, program.filter[i].jf,
               program.filter[i].k);
    printf("};\n\nconst struct sock_fprog policy_ready = {.len = %u, .filter = instructions};\n",
           program.len);
    free(program.filter);
    return fflush(stdout) == 0 ? 0 : EX_IOERR;
}
