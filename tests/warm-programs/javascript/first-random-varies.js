// exrun: {"varies": true}
console.log(Array.from({ length: 5 }, () => Math.floor(Math.random() * 1000)).join());
