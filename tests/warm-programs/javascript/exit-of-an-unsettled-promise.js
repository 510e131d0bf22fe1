console.log('begins');
new Promise(() => {}).then(() => console.log('never'));
