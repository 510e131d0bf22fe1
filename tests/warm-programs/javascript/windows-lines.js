console.log('one');
const t = `a
b`;
console.log(JSON.stringify(t));
throw new Error('line 5');
