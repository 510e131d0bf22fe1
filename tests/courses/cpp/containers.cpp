#include <algorithm>
#include <array>
#include <bitset>
#include <deque>
#include <forward_list>
#include <iostream>
#include <list>
#include <map>
#include <numeric>
#include <optional>
#include <queue>
#include <ranges>
#include <set>
#include <span>
#include <stack>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>
#include <any>
int main()
{
    std::vector v{5, 2, 8, 1}; std::sort(v.begin(), v.end()); v.push_back(9); v.insert(v.begin(), 0); v.erase(std::remove_if(v.begin(), v.end(), [](int x) { return x % 2; }), v.end()); for (int x : v) std::cout << x << ' '; std::cout << std::accumulate(v.begin(), v.end(), 0) << *std::max_element(v.begin(), v.end()) << std::binary_search(v.begin(), v.end(), 8) << std::is_sorted(v.begin(), v.end()) << '\n';
    std::map<std::string, int> m{{"b", 1}, {"a", 2}}; m["c"]++; for (const auto &[k, x] : m) std::cout << k << x << ' '; std::unordered_map<char, int> n; for (char c : std::string("mississippi")) n[c]++; std::cout << n['s'] << n.size() << m.contains("z") << m.lower_bound("b")->second << '\n'; std::set<int> s{3, 1, 3}; std::multiset<int> ms{1, 1}; std::priority_queue<int> q; for (int x : {3, 9, 4}) q.push(x); std::stack<int> st; st.push(1); std::queue<int> fi; fi.push(2); std::deque<int> d{1, 2}; d.push_front(0); std::list<int> l{3, 1, 2}; l.sort(); l.splice(l.end(), l, l.begin()); std::cout << s.size() << ms.count(1) << q.top() << st.top() << fi.front() << d[0] << l.back() << '\n';
    std::array<int, 3> a{1, 2, 3}; auto [x, y, z] = a; std::tuple t{1, "two", 3.5}; std::optional<int> o; std::variant<int, std::string> w = "text"; std::any any = 5; std::bitset<8> b(37); std::pair p{1, 'c'}; std::cout << x + y + z << std::get<1>(t) << o.value_or(7) << std::get<std::string>(w) << w.index() << std::any_cast<int>(any) << b << b.count() << p.second << std::visit([](auto &&k) { return sizeof k > 4; }, w) << '\n'; for (int k : std::views::iota(1, 20) | std::views::filter([](int i) { return i % 3 == 0; }) | std::views::transform([](int i) { return i * i; }) | std::views::take(3)) std::cout << k << ' '; std::span<int> sp(a); std::ranges::reverse(sp); std::cout << a[0] << std::ranges::count(v, 8) << '\n'; std::vector<std::vector<int>> g(3, std::vector<int>(3)); std::iota(g[1].begin(), g[1].end(), 4); std::cout << g[1][2] << std::inner_product(a.begin(), a.end(), a.begin(), 0); std::vector<int> c; std::set_union(a.rbegin(), a.rend(), v.begin(), v.end(), std::back_inserter(c)); std::next_permutation(c.begin(), c.end()); std::partial_sum(c.begin(), c.end(), c.begin()); for (int i : c) std::cout << ' ' << i; std::forward_list<int> f{1}; f.push_front(0); std::cout << f.front() << '\n';
}
