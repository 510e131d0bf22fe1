function f() {
  throw new TypeError('not caught');
}
process.on('exit', (code) => console.log('exit', code));
f();
