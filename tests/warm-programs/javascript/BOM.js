console.log(new Error().stack.split('\n')[1], require('fs').readFileSync(__filename)[0]);
throw new Error('line 2');
