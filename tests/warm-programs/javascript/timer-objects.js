const t = setTimeout(() => {}, 1000), i = setInterval(() => {}, 1000), m = setImmediate(() => {});
console.log(t.hasRef(), +t, +i, t.constructor.name, m.constructor.name, t.unref().hasRef(), Object.keys(t), Object.keys(m), m.hasRef());
const strip = (timer) => require('util').inspect(timer, { depth: 0, showHidden: true }).replace(/_idleStart: .*/, '');
console.log(strip(t), strip(i), strip(m));
clearTimeout(t); clearInterval(+i); clearImmediate(m);
