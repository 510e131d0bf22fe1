#include <cerrno>
#include <exception>
#include <iostream>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>
struct Insufficient : std::runtime_error { int need; explicit Insufficient(int n) : std::runtime_error("need " + std::to_string(n)), need(n) {} }; struct Guard { const char *n; ~Guard() { std::cout << "~" << n << ' '; } };
static int pay(int n) { Guard g{"pay"}; if (n > 10) throw Insufficient(n); if (!n) throw std::invalid_argument("nothing"); return 10 / n; } static void nested() { try { pay(0); } catch (...) { std::throw_with_nested(std::logic_error("outer")); } } static int f() try { throw 5; } catch (int i) { return i; }
int main()
{
    for (int n : {5, 0, 20}) try { std::cout << pay(n) << '\n'; } catch (const Insufficient &e) { std::cout << e.what() << e.need << '\n'; } catch (const std::exception &e) { std::cout << e.what() << '\n'; } try { nested(); } catch (const std::exception &e) { std::cout << e.what(); try { std::rethrow_if_nested(e); } catch (const std::exception &i) { std::cout << '<' << i.what() << '\n'; } } try { std::vector<int> v(3); (void)v.at(5); } catch (const std::out_of_range &) { std::cout << "range "; } try { (void)std::stoi("x"); } catch (const std::invalid_argument &) { std::cout << "stoi "; } try { throw std::system_error(ENOENT, std::generic_category()); } catch (const std::system_error &e) { std::cout << e.code().value() << ' '; } try { std::vector<char> v; v.resize((size_t)1 << 60); } catch (const std::bad_alloc &) { std::cout << "alloc "; } catch (const std::length_error &) { std::cout << "length "; } try { struct B { virtual ~B() = default; }; struct D : B {}; B b; (void)dynamic_cast<D &>(b); } catch (const std::bad_cast &) { std::cout << "cast "; } std::exception_ptr p; try { throw "text"; } catch (...) { p = std::current_exception(); } try { std::rethrow_exception(p); } catch (const char *s) { std::cout << s << f() << noexcept(f()) << '\n'; } auto deep = [](auto &&self, int n) -> void { Guard g{""}; if (!n) throw n; self(self, n - 1); }; try { deep(deep, 3); } catch (int n) { std::cout << n << '\n'; } std::set_terminate([] { std::cout << "terminating\n" << std::flush; std::_Exit(0); }); throw 1;
}
