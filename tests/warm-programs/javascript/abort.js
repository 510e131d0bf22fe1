console.error('before');
process.abort();
