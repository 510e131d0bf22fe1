
    console.log(new Error().stack.split('\n')[1]);
/* a
 comment */ console.log(new Error().stack.split('\n')[1]); throw new Error('line 4, column 64');
