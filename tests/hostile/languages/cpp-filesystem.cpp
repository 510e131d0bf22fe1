// SPDX-License-Identifier: MIT
// tries: walks the host's files by the library
// layer: root
// source: std::filesystem
// expect: ok
// breach: BREACH
#include <cstdio>
#include <filesystem>

int main()
{
    std::error_code error;
    for (const char *path : {"@DIR@", "/root", "/home", "/var", "/sys"})
        if (std::filesystem::exists(path, error))
            std::printf("BREACH: %s\n", path);
    std::puts("held");
}
