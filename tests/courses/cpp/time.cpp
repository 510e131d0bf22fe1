#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <sstream>
using namespace std::chrono; using namespace std::chrono_literals;
int main()
{
    system_clock::time_point t{} ; std::time_t c = system_clock::to_time_t(t + 951782400s); std::tm g = *std::gmtime(&c); std::cout << std::put_time(&g, "%A %d %B %Y %H:%M:%S %j") << '\n'; setenv("TZ", "Europe/Warsaw", 1); tzset(); std::tm l = *std::localtime(&c); std::cout << std::put_time(&l, "%H:%M %Z %z") << '\n'; std::tm p{}; std::istringstream in("2024-02-29 12:30"); in >> std::get_time(&p, "%Y-%m-%d %H:%M"); std::cout << p.tm_mday << p.tm_hour << in.fail() << '\n'; std::cout << duration_cast<minutes>(2h + 30min).count() << ' ' << duration<double>(1500ms).count() << ' ' << (90min > 1h) << ' ' << floor<hours>(125min).count() << '\n'; year_month_day d = 2024y / February / 28; sys_days s = sys_days(d) + days(2); d = s; std::cout << int(d.year()) << '-' << unsigned(d.month()) << '-' << unsigned(d.day()) << ' ' << weekday(s).iso_encoding() << ' ' << d.ok() << (2024y).is_leap() << (sys_days(2024y / 12 / 24) - s).count() << ' ' << unsigned((2023y / February / last).day()) << '\n'; auto a = steady_clock::now(); auto b = steady_clock::now(); std::cout << (b >= a) << steady_clock::is_steady << (system_clock::now().time_since_epoch() > 0s) << (high_resolution_clock::now().time_since_epoch().count() != 0) << '\n'; hh_mm_ss h(3725s); std::cout << h.hours().count() << ':' << h.minutes().count() << ':' << h.seconds().count() << '\n'; std::cout << (std::clock() / CLOCKS_PER_SEC < 60) << std::difftime(5, 3) << ' ' << std::getenv("TZ") << '\n';
}
