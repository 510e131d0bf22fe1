/* SPDX-License-Identifier: MIT */
/* Judges the product of a compile stage by the head of its ELF file, elf(5). */
#include "sandbox/run/product.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

#include "sandbox/inside/steps.h"
#include "sandbox/plan/name_check.h"

/* The address size of the machine that exrun was built for. */
#define NATIVE_CLASS (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)

static bool is_executed(const struct plan *plan)
{
    const char *program = plan->profile->run.argv[0];

    return strncmp(program, "./", 2) == 0 && strcmp(program + 2, plan->profile->produces) == 0;
}

/* Returns true if a cell of the profile has the loader @path. The path is the visitor's, so one with ".."
 * must not ask for a file of the host beyond the mounts. */
static bool has_loader(const struct profile *profile, const char *path)
{
    if (*path != '/' || name_check_path(path + 1) != NAME_FINE)
        return false;
    for (size_t i = 0; i < profile->n_mounts; i++) {
        size_t length = strlen(profile->mounts[i].path);

        if (strncmp(path, profile->mounts[i].path, length) == 0 && path[length] == '/')
            return access(path, X_OK) == 0;
    }
    return false;
}

/* Copies the segment @index. Returns false if it is outside of the file. */
static bool read_segment(const struct bytes *product, const ElfW(Ehdr) * head, unsigned int index,
                         ElfW(Phdr) * ret)
{
    uint64_t at = head->e_phoff + (uint64_t)index * head->e_phentsize;

    if (head->e_phentsize < sizeof(*ret) || head->e_phoff > product->size ||
        at + sizeof(*ret) > product->size)
        return false;
    memcpy(ret, product->data + at, sizeof(*ret));
    return true;
}

/* Looks at the loader that the program names, if it names one. */
static enum product_state check_loader(const struct plan *plan, const struct bytes *product,
                                       const ElfW(Ehdr) * head)
{
    for (unsigned int i = 0; i < head->e_phnum; i++) {
        ElfW(Phdr) segment;
        const char *path;

        if (!read_segment(product, head, i, &segment))
            return PRODUCT_FOREIGN;
        if (segment.p_type != PT_INTERP)
            continue;
        if (segment.p_filesz == 0 || segment.p_offset > product->size ||
            segment.p_filesz > product->size - segment.p_offset)
            return PRODUCT_FOREIGN;
        path = product->data + segment.p_offset;
        if (path[segment.p_filesz - 1] != '\0' || !has_loader(plan->profile, path))
            return PRODUCT_FOREIGN;
    }
    return PRODUCT_FINE;
}

static enum product_state check_program(const struct plan *plan, const struct bytes *product)
{
    ElfW(Ehdr) head;

    if (product->size >= 2 && memcmp(product->data, "#!", 2) == 0)
        return PRODUCT_FINE;
    if (product->size < sizeof(head) || memcmp(product->data, ELFMAG, SELFMAG) != 0)
        return PRODUCT_LIBRARY;
    memcpy(&head, product->data, sizeof(head));
    if (head.e_ident[EI_CLASS] != NATIVE_CLASS)
        return PRODUCT_FOREIGN;
    if ((head.e_type != ET_EXEC && head.e_type != ET_DYN) || head.e_entry == 0)
        return PRODUCT_LIBRARY;
    return check_loader(plan, product, &head);
}

/* Returns the size of the request's files. */
static uint64_t files_bytes(const struct plan *plan)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < plan->compile.n_files; i++)
        bytes += plan->compile.files[i].content.size;
    return bytes;
}

/* Returns the size of the largest file that the run can store. */
static uint64_t most_stored(const struct plan *plan)
{
    const struct limits *limits = &plan->run.limits;

    return limits->disk_bytes < limits->memory_bytes ? limits->disk_bytes : limits->memory_bytes;
}

uint64_t product_most_bytes(const struct plan *plan)
{
    uint64_t most = most_stored(plan), others = files_bytes(plan) + plan->job->input.size;
    uint64_t in_plan = others < PLAN_MOST_BYTES ? PLAN_MOST_BYTES - others : 0;

    most = most < in_plan ? most : in_plan;
    return most < PRODUCT_MOST_BYTES ? most : PRODUCT_MOST_BYTES;
}

enum product_state product_check(const struct plan *plan, const struct bytes *product)
{
    enum product_state state = is_executed(plan) ? check_program(plan, product) : PRODUCT_FINE;

    if (state == PRODUCT_FINE && product->size > product_most_bytes(plan))
        return PRODUCT_TOO_LARGE;
    return state;
}

/* Returns true if the file itself, or the interpreter that it names, can cause the error of execve(2). */
static bool is_of_file(int error)
{
    static const int errors[] = {ENOEXEC, ENOENT,  ELIBBAD,      EACCES, EINVAL, ENOMEM,
                                 ELOOP,   ENOTDIR, ENAMETOOLONG, EPERM,  EISDIR};

    for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
        if (error == -errors[i])
            return true;
    return false;
}

enum product_state product_of_fault(const struct plan *plan, const struct fault *fault)
{
    if (!plan->compiles || fault->kind != FAULT_STEP)
        return PRODUCT_FINE;
    /* Without the product, the request's own files have to fit. */
    if (fault->step == STEP_FILES && (fault->error == -ENOSPC || fault->error == -ENOMEM) &&
        files_bytes(plan) < most_stored(plan))
        return PRODUCT_TOO_LARGE;
    if (fault->step == STEP_EXEC && is_executed(plan) && is_of_file(fault->error))
        return PRODUCT_FOREIGN;
    return PRODUCT_FINE;
}
