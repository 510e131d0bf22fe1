#include <compare>
#include <concepts>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>
struct Shape { virtual ~Shape() { std::cout << "~" << name << ' '; } virtual double area() const = 0; std::string name; explicit Shape(std::string n) : name(std::move(n)) {} Shape(const Shape &) = default; friend std::ostream &operator<<(std::ostream &o, const Shape &s) { return o << s.name << '(' << s.area() << ')'; } };
struct Square final : Shape { double side; explicit Square(double s) : Shape("square"), side(s) {} double area() const override { return side * side; } };
struct Circle : Shape { double r; explicit Circle(double x) : Shape("circle"), r(x) {} double area() const override { return 3 * r * r; } };
class Vec { double x, y; public: constexpr Vec(double a = 0, double b = 0) : x(a), y(b) {} constexpr Vec operator+(const Vec &o) const { return {x + o.x, y + o.y}; } constexpr double operator*(const Vec &o) const { return x * o.x + y * o.y; } auto operator<=>(const Vec &) const = default; Vec &operator+=(const Vec &o) { x += o.x; y += o.y; return *this; } double operator[](int i) const { return i ? y : x; } explicit operator bool() const { return x || y; } double operator()(double k) const { return x * k; } };
template <typename T> concept Number = std::integral<T> || std::floating_point<T>; template <Number T> T twice(T x) { return x * 2; } template <typename... A> auto sum(A... a) { return (a + ... + 0); } template <int N> struct Fact { static constexpr long value = N * Fact<N - 1>::value; }; template <> struct Fact<0> { static constexpr long value = 1; };
struct Counted { static inline int alive = 0; Counted() { alive++; } Counted(const Counted &) { alive++; } Counted(Counted &&) noexcept { alive++; } ~Counted() { alive--; } Counted &operator=(Counted) { return *this; } };
template <typename T> class Stack { std::vector<T> v; public: void push(T t) { v.push_back(std::move(t)); } T pop() { T t = std::move(v.back()); v.pop_back(); return t; } bool empty() const { return v.empty(); } auto begin() { return v.begin(); } auto end() { return v.end(); } };
int main()
{
    { std::vector<std::unique_ptr<Shape>> shapes; shapes.push_back(std::make_unique<Square>(2)); shapes.push_back(std::make_unique<Circle>(1)); for (auto &s : shapes) std::cout << *s << (dynamic_cast<Square *>(s.get()) != nullptr) << ' '; } std::cout << '\n'; auto p = std::make_shared<Counted>(); std::weak_ptr w = p; { auto q = p; std::cout << p.use_count(); } p.reset(); std::cout << w.expired() << Counted::alive << '\n'; Vec a(1, 2), b(3, 4); a += b; std::cout << (a + b)[1] << a * b << (a < b) << (a == a) << bool(Vec()) << a(10) << '\n'; std::cout << twice(4) << twice(1.5) << sum(1, 2, 3) << Fact<10>::value << std::is_same_v<decltype(1 + 1.0), double> << '\n'; Stack<std::string> s; s.push("x"); s.push("y"); for (auto &t : s) t += "!"; std::cout << s.pop() << s.empty() << '\n'; int n = 0; auto inc = [&n, k = 2]() mutable { n += k++; return n; }; inc(); std::function<int(int)> fact = [&](int i) { return i < 2 ? 1 : i * fact(i - 1); }; auto bound = std::bind(std::plus<>(), 5, std::placeholders::_1); auto compose = [](auto f, auto g) { return [=](auto x) { return g(f(x)); }; }; std::cout << inc() << n << fact(10) << bound(3) << compose([](int x) { return x + 1; }, [](int x) { return x * 10; })(4) << std::invoke(&Square::side, Square(3)) << '\n'; if constexpr (sizeof(int) == 4) std::cout << "constexpr "; enum class Colour { Red, Green }; switch (Colour c = Colour::Green; c) { case Colour::Red: break; case Colour::Green: std::cout << "green\n"; }
}
