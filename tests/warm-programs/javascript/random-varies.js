// exrun: {"varies": true}
console.log(Math.random(), Math.random());
