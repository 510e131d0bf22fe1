#include <algorithm>
#include <iomanip>
#include <iostream>
#include <locale>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <charconv>
using namespace std::string_literals;
int main()
{
    std::string s = "hello world"; s[0] = 'H'; std::cout << s << s.size() << s.substr(6) << s.find("wor") << s.rfind('o') << (s + "!"s) << std::string(3, '-') << s.compare("I") << '\n';
    std::transform(s.begin(), s.end(), s.begin(), ::toupper); std::reverse(s.begin(), s.end()); std::cout << s << ' ' << std::stoi("42x") << std::to_string(3.5) << std::stod("1e3") << '\n';
    std::istringstream in("a,b,,c"); for (std::string p; std::getline(in, p, ',');) std::cout << '[' << p << ']'; std::cout << '\n' << std::setw(8) << std::setfill('*') << 42 << std::hex << std::showbase << 255 << std::dec << std::fixed << std::setprecision(2) << 3.14159 << std::scientific << 12345.678 << std::boolalpha << true << std::quoted("q\"q") << '\n';
    std::regex re(R"((\d{4})-(\d\d))"); std::string t = "2024-02 2025-11"; for (std::sregex_iterator i(t.begin(), t.end(), re), e; i != e; ++i) std::cout << (*i)[1] << '/' << (*i)[2] << ' '; std::cout << std::regex_replace(t, re, "$2.$1") << std::regex_match("ab", std::regex("[a-c]+")) << '\n';
    std::string_view v = "view of it"; v.remove_prefix(5); int n = 0; auto r = std::from_chars("123", "123" + 3, n); std::cout << v << v.starts_with("of") << n << (r.ec == std::errc()) << u8"żółw"s.size() << R"(raw\n)" << '\n'; std::stringstream ss; ss << 1 << ' ' << 2.5 << " x"; int a; double b; char c; ss >> a >> b >> c; std::cout << a << b << c << ss.eof() << std::locale("C").name() << '\n'; s.erase(0, 5).insert(0, "I").replace(1, 2, "zz"); std::cout << s << s.empty() << s.front() << s.back() << std::count(s.begin(), s.end(), 'z') << '\n';
}
