// SPDX-License-Identifier: MIT
// tries: walks the host's files by the library
// layer: root
// source: std::filesystem
// expect: ok
// breach: BREACH
#include <filesystem>
#include <iostream>

int main()
{
    std::error_code error;
    for (const char *path : {"@DIR@", "/root", "/home", "/var", "/sys"})
        if (std::filesystem::exists(path, error))
            std::cout << "BREACH: " << path << "\n";
    std::cout << "held\n";
}
