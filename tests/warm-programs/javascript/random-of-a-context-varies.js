// exrun: {"varies": true}
console.log(require('vm').runInNewContext('Math.random()'));
