// not the first
#!/usr/bin/node
console.log('never');
