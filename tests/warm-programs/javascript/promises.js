(async () => { console.log('a'); await null; console.log('b'); })();
Promise.all([1, Promise.resolve(2)]).then((all) => console.log(all));
Promise.allSettled([Promise.reject(new Error('no')), 1]).then((all) => console.log(all.map((one) => one.status)));
Promise.race([new Promise((f) => setTimeout(f, 20, 'slow')), new Promise((f) => setTimeout(f, 1, 'fast'))]).then(console.log);
Promise.any([Promise.reject(1), Promise.reject(2)]).catch((error) => console.log(error.constructor.name, error.errors));
(async () => { for await (const x of (async function* () { yield 1; yield 2; })()) console.log(x); })();
console.log(Promise.resolve(5), Promise.reject(new Error('x')).catch(() => {}), (async () => {})());
