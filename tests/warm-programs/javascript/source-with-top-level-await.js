console.log('never');
await 1;
