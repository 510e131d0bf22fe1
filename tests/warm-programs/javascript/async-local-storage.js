const { AsyncLocalStorage } = require('async_hooks');
const store = new AsyncLocalStorage();
store.run(1, () => { setTimeout(() => console.log(store.getStore()), 1); Promise.resolve().then(() => console.log(store.getStore())); });
console.log(store.getStore());
store.enterWith(2); console.log(store.getStore());
