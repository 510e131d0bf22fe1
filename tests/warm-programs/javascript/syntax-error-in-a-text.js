console.log('never);
