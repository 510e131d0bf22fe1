/* SPDX-License-Identifier: MIT */
/* Reads heads of requests from stdin, each behind its size (four bytes in the machine's order), and prints a
 * line for each: how http_read() takes it. For compare_http.py. */
#include "fuzz.h"
#include "runner/front/http_read.h"

static void print_slice(struct http_slice slice)
{
    printf("\t%.*s", (int)slice.size, slice.data ? slice.data : "");
}

int main(void)
{
    static char head[1 << 16];
    struct http_request request;
    uint32_t size;

    while (fread(&size, sizeof(size), 1, stdin) == 1) {
        if (size > sizeof(head) || fread(head, 1, size, stdin) != size)
            return 1;
        switch (http_read(head, size, &request)) {
        case HTTP_NEED_MORE:
            puts("more");
            break;
        case HTTP_REFUSED:
            printf("refused\t%u\t%s\n", request.status, request.reason);
            break;
        case HTTP_REQUEST:
            printf("request\t%d\t%zu\t%zu", (int)request.method, request.head_bytes,
                   (size_t)request.body_bytes);
            print_slice(request.headers[HTTP_HOST]);
            print_slice(request.target.path);
            printf("%s%.*s\n", request.target.query.data ? "?" : "", (int)request.target.query.size,
                   request.target.query.data ? request.target.query.data : "");
            break;
        }
    }
    return 0;
}
