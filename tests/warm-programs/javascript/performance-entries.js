const { performance, PerformanceObserver, monitorEventLoopDelay, constants } = require('perf_hooks');
performance.mark('a'); performance.mark('b'); const m = performance.measure('m', 'a', 'b');
console.log(m.entryType, m.duration < 1000, performance.getEntriesByType('mark').map((e) => e.name), Object.keys(performance.nodeTiming), performance.eventLoopUtilization().idle >= 0, PerformanceObserver.supportedEntryTypes, constants.NODE_PERFORMANCE_GC_MAJOR, performance.getEntries().length);
