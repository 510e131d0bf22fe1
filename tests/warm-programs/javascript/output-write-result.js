console.log(process.stdout.write('a\n'), process.stdout.write(Buffer.alloc(100000, 'y')), process.stdout.writableLength, process.stdout.bytesWritten);
process.stdout.end('end\n'); try { console.log('after the end'); } catch (error) { console.error(error.code); }
