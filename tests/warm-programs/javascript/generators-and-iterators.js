function* g() { try { const x = yield 1; console.log('got', x); yield* [2, 3]; } finally { console.log('cleaned'); } }
const it = g(); console.log(it.next(), it.next('v'), it.return(9), it.next(), [...g()], Object.fromEntries(new Map([['a', 1]])), it[Symbol.toStringTag]);
const { a, ...rest } = { a: 1, b: 2 }; console.log(a, rest, ((...xs) => xs.length)(...[1, 2]), null ?? 'd', undefined?.x, (() => { label: for (const x of [1, 2]) for (const y of [1]) { if (x === 2) break label; continue label; } return 'out'; })());
