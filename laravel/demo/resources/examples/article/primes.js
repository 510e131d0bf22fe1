const isPrime = (n) => n > 1 && [...Array(n).keys()].slice(2).every((d) => n % d);

console.log([...Array(50).keys()].filter(isPrime).join(' '));
