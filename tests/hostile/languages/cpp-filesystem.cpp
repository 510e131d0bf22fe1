// SPDX-License-Identifier: MIT
// tries: looks for the host's files by the library
// layer: root
// source: std::filesystem
// expect: ok
// reads: DIR
// breach: BREACH
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>

int main()
{
    std::error_code error;
    std::string marker;
    if (!std::getline(std::cin, marker))
        return 1;
    for (const std::string &path : {marker, std::string("/root"), std::string("/home"), std::string("/var"), std::string("/sys")})
        if (std::filesystem::exists(path, error))
            std::printf("BREACH: %s\n", path.c_str());
    std::puts("held");
}
