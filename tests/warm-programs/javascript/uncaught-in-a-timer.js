setTimeout(() => {
  undefined.property;
}, 5);
console.log('before');
