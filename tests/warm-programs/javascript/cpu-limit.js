// exrun: {"limits": {"cpu_ms": 600}}
console.log('begun'); for (;;);
