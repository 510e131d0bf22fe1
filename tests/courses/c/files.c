#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>
static int count;
static int each(const char *path, const struct stat *st, int type, struct FTW *w)
{
    (void)path, (void)st, (void)type, (void)w;
    count++;
    return remove(path);
}
int main(void)
{
    char dir[] = "/tmp/course-XXXXXX", line[64], cwd[256];
    if (!mkdtemp(dir) || chdir(dir) < 0)
        return 1;
    FILE *f = fopen("x.txt", "w+");
    fprintf(f, "one\ntwo\n%d\n", 3);
    rewind(f);
    while (fgets(line, sizeof line, f))
        printf("%zu:%s", strlen(line), line);
    printf("%ld %d\n", ftell(f), feof(f));
    fseek(f, 4, SEEK_SET);
    printf("%c\n", fgetc(f));
    ungetc('Z', f);
    printf("%c\n", getc(f));
    fclose(f);
    int fd = open("b.bin", O_RDWR | O_CREAT | O_EXCL, 0640);
    struct iovec v[] = {{"ab", 2}, {"cd", 2}};
    printf("%zd %d", writev(fd, v, 2), flock(fd, LOCK_EX));
    if (pwrite(fd, "Z", 1, 1) < 0)
        return 2;
    char *m = mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    m[0] = 'X';
    msync(m, 4, MS_SYNC);
    munmap(m, 4);
    lseek(fd, 0, SEEK_SET);
    char got[5] = "";
    if (read(fd, got, 4) < 0)
        return 3;
    printf(" %s %d\n", got, ftruncate(fd, 2));
    struct stat st;
    fstat(fd, &st);
    printf("%o %lld %d\n", st.st_mode & 0777, (long long)st.st_size, S_ISREG(st.st_mode));
    posix_fallocate(fd, 0, 4096);
    fsync(fd);
    struct flock l = {.l_type = F_WRLCK};
    printf("%d\n", fcntl(fd, F_SETLK, &l));
    close(fd);
    printf("%d %d %zd %d", symlink("x.txt", "link"), rename("b.bin", "c.bin"),
           readlink("link", line, sizeof line), chmod("c.bin", 0600));
    struct timespec t[2] = {{1, 0}, {2, 0}};
    utimensat(AT_FDCWD, "c.bin", t, 0);
    stat("c.bin", &st);
    printf(" %ld %d %d\n", (long)st.st_mtime, access("none", F_OK), errno == ENOENT);
    mkdir("sub", 0755);
    DIR *d = opendir(".");
    int n = 0;
    while (readdir(d))
        n++;
    closedir(d);
    glob_t g;
    glob("*.txt", 0, NULL, &g);
    printf("%d %zu %s %s\n", n, g.gl_pathc, g.gl_pathv[0], strerror(ENOENT));
    globfree(&g);
    struct statvfs vfs;
    printf("%d %s %d\n", statvfs(".", &vfs), getcwd(cwd, sizeof cwd) ? "cwd" : "", link("x.txt", "hard"));
    if (chdir("/") < 0)
        return 4;
    nftw(dir, each, 8, FTW_DEPTH | FTW_PHYS);
    printf("%d %d\n", count, access(dir, F_OK));
    FILE *tmp = tmpfile();
    fputs("temp", tmp);
    rewind(tmp);
    printf("%s\n", fgets(line, sizeof line, tmp));
    char *text;
    size_t size;
    FILE *mem = open_memstream(&text, &size);
    fprintf(mem, "in memory");
    fclose(mem);
    printf("%s %zu\n", text, size);
    free(text);
    perror("to stderr");
    return 0;
}
