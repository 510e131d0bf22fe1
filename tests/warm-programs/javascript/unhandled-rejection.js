async function f() {
  await null;
  throw new RangeError('rejected');
}
process.on('exit', (code) => console.log('exit', code));
f();
setTimeout(() => console.log('never'), 50);
