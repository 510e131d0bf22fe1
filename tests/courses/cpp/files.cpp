#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
namespace fs = std::filesystem;
int main()
{
    fs::path dir = fs::temp_directory_path() / ("cpp" + std::to_string(std::rand())); fs::create_directories(dir / "a/b"); { std::ofstream o(dir / "a/x.txt"); o << "one\ntwo\n" << 3 << '\n'; } std::ifstream i(dir / "a/x.txt"); for (std::string l; std::getline(i, l);) std::cout << l << '|'; i.clear(); i.seekg(4); std::string w; i >> w; std::cout << w << i.tellg() << '\n'; { std::fstream f(dir / "b.bin", std::ios::binary | std::ios::in | std::ios::out | std::ios::trunc); f.write("\1\2\3", 3); f.seekg(1); std::cout << f.get() << f.peek() << f.eof() << '\n'; } { std::ofstream o(dir / "a/x.txt", std::ios::app); o << "four"; } std::ifstream all(dir / "a/x.txt"); std::string text((std::istreambuf_iterator<char>(all)), {}); std::cout << text.size() << fs::file_size(dir / "b.bin") << fs::exists(dir / "none") << fs::is_directory(dir / "a") << '\n'; fs::create_symlink("b.bin", dir / "link"); fs::rename(dir / "b.bin", dir / "c.bin"); fs::copy(dir / "a", dir / "d", fs::copy_options::recursive); fs::permissions(dir / "c.bin", fs::perms::owner_read); fs::resize_file(dir / "a/x.txt", 3); std::set<std::string> names; for (auto &e : fs::recursive_directory_iterator(dir)) names.insert(e.path().lexically_relative(dir).string() + (e.is_directory() ? "/" : "")); for (auto &n : names) std::cout << n << ' '; std::cout << fs::read_symlink(dir / "link") << fs::path("/a/b.tar.gz").extension() << fs::path("a/../b").lexically_normal() << fs::path("/x/y").parent_path() << '\n'; std::error_code ec; fs::remove(dir / "none/x", ec); std::cout << bool(ec) << (fs::space(dir).available > 0) << fs::remove_all(dir) << fs::exists(dir) << '\n'; try { fs::file_size("/none"); } catch (const fs::filesystem_error &e) { std::cout << e.code().message() << '\n'; } std::ifstream none("/none"); std::cout << none.is_open() << none.fail() << (bool)none << fs::current_path().is_absolute() << fs::equivalent("/usr", "/usr/../usr") << '\n'; std::cerr << "to stderr\n"; std::clog << "log\n"; std::string s; std::cout << (bool)std::getline(std::cin, s) << std::cin.eof() << '\n'; FILE *p = popen("echo piped", "r"); char b[16]; std::cout << std::fgets(b, 16, p) << pclose(p) << std::system("exit 3") / 256 << '\n';
}
