'use strict';
console.log((function () { return this; })(), this === module.exports);
try { undeclared = 1; } catch (error) { console.log(error.message); }
delete Object.prototype;
