process.on('multipleResolves', (...all) => console.log(all[0]));
new Promise((yes, no) => { yes(1); yes(2); no(3); });
setTimeout(() => console.log('end'), 5);
