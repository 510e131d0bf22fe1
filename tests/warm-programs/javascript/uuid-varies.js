// exrun: {"varies": true}
console.log(require('crypto').randomUUID(), crypto.randomUUID());
