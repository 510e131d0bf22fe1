undeclared = 1; console.log(globalThis.undeclared, (function () { return this === globalThis; })(), 010, typeof notThere, delete globalThis.undeclared);
var v = 1; console.log(globalThis.v, this.v); with ({ w: 1 }) console.log(w);
