// exrun: {"stderr": "stdout"}
console.error('1'); console.log('2'); process.stderr.write('3\n'); require('child_process').execSync('echo 4; echo 5 >&2', { stdio: 'inherit' }); console.warn('6');
throw new Error('7');
