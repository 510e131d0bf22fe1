<!-- an old comment
console.log('printed');
--> another
console.log(new Error().stack.split('\n')[1]);
