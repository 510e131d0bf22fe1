#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <numeric>
#include <queue>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <vector>
using namespace std::chrono_literals;
int main()
{
    int total = 0; std::mutex m; std::atomic<int> n{0}; std::vector<std::thread> t; for (int i = 0; i < 4; i++) t.emplace_back([&, i] { for (int k = 0; k < 1000; k++) { std::lock_guard l(m); total += i; n++; } }); for (auto &x : t) x.join(); std::cout << total << ' ' << n << '\n'; auto f = std::async(std::launch::async, [] { return 6 * 7; }); std::promise<std::string> p; std::thread w([&] { std::this_thread::sleep_for(2ms); p.set_value("promised"); }); std::cout << f.get() << p.get_future().get() << '\n'; w.join(); std::queue<int> q; std::condition_variable cv; bool done = false; std::thread c([&] { int sum = 0; for (;;) { std::unique_lock l(m); cv.wait(l, [&] { return done || !q.empty(); }); if (q.empty()) break; sum += q.front(); q.pop(); } std::cout << "consumed " << sum << '\n'; }); for (int i = 1; i <= 5; i++) { std::lock_guard l(m); q.push(i); cv.notify_one(); } { std::lock_guard l(m); done = true; } cv.notify_all(); c.join(); std::jthread j([](std::stop_token s) { while (!s.stop_requested()) std::this_thread::yield(); }); j.request_stop(); std::latch latch(2); std::counting_semaphore<2> sem(0); std::thread a([&] { latch.count_down(); sem.acquire(); }); latch.count_down(); latch.wait(); sem.release(); a.join(); std::shared_mutex sm; { std::shared_lock l1(sm); std::shared_lock l2(sm); } std::once_flag once; int ran = 0; for (int i = 0; i < 3; i++) std::call_once(once, [&] { ran++; }); thread_local int mine = 5; std::packaged_task<int(int)> task([](int x) { return x + 1; }); auto r = task.get_future(); std::thread(std::move(task), 9).join(); std::barrier bar(2, []() noexcept {}); std::thread b1([&] { bar.arrive_and_wait(); }); bar.arrive_and_wait(); b1.join(); try { std::async(std::launch::async, [] { throw 3; }).get(); } catch (int e) { std::cout << ran << mine << r.get() << e << (std::thread::hardware_concurrency() > 0) << '\n'; } auto began = std::chrono::steady_clock::now(); std::this_thread::sleep_for(1ms); std::cout << (std::chrono::steady_clock::now() - began >= 1ms) << (f.valid() ? "v" : "done") << (std::async(std::launch::deferred, [] { return 1; }).wait_for(0s) == std::future_status::deferred) << '\n';
}
