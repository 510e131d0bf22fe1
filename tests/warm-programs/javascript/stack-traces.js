function outer() { return inner(); }
const inner = () => new Error('trace');
class A { static s() { return new A().m(); } m() { return [1].map(() => outer())[0]; } get g() { return outer(); } async p() { await 1; return outer(); } }
console.log(A.s().stack, new A().g.stack, eval('new Error("in eval")').stack, new Function('return new Error("in a function")')().stack);
new A().p().then((error) => console.log(error.stack));
setTimeout(() => console.log(new Error('in a timer').stack));
process.nextTick(() => console.log(new Error('in a tick').stack));
setImmediate(() => console.log(new Error('immediate').stack));
